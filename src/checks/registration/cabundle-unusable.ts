import { defineCheck } from '../../check.ts';
import { injectorOf } from './apiservice-owner.ts';

export default defineCheck({
  id: 'cabundle-unusable',
  title: 'the caBundle holds certificates as PEM',
  severity: 'error',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService'],
  explain: {
    looksAt: 'whether `spec.caBundle`, decoded from base64 once, holds at least one certificate in PEM',
    why: 'kube-apiserver takes any bytes as caBundle, and only finds out when it wants to connect: then no request goes through.',
    kubernetes:
      'The condition is never written again: an older one stays, True while users get 500 `unable to load root certificates: …`; a new APIService has none, and users get 503. Up to 1.35 its probe ignores the caBundle, so that Available is True.',
    repair: 'Put the CA as PEM, with its line breaks, encoded in base64 once, into `spec.caBundle`.',
    mirrors:
      'k8s.io/client-go, transport/transport.go (rootCertPool), v0.37.2; k8s.io/kube-aggregator, remote_available_controller.go, v0.37.2',
  },
  run({ apiService }) {
    const { name, group, version, caBundle, available } = apiService;
    const fault = caBundle?.fault;
    if (fault === undefined) return [];
    const injector = injectorOf(apiService);
    return [
      {
        message: `\`${group}/${version}\` fails for every user: kube-apiserver finds no certificate in \`spec.caBundle\`.`,
        at: { object: `APIService ${name}`, field: 'spec.caBundle' },
        evidence: [
          `\`${fault}\``,
          available?.status === 'True'
            ? 'Available is True and says nothing: it is not written again, or its probe does not read the caBundle'
            : available
              ? `the condition is older than the caBundle, or names what stands before it: ${available.status} (${available.reason})`
              : 'the condition Available is not written while the caBundle cannot be read',
          ...(injector ? [`${injector.who} is to fill it in: \`${injector.key}: ${injector.value}\``] : []),
        ],
        fix: {
          text: 'Put the CA of the serving certificate into it as PEM with its line breaks, encoded in base64 once; see what is there now first:',
          commands: [
            `kubectl get apiservice ${name} -o jsonpath='{.spec.caBundle}' | base64 -d | head -c 300`,
            `kubectl patch apiservice ${name} --type merge -p "{\\"spec\\":{\\"caBundle\\":\\"$(base64 -w0 CA.crt)\\"}}"`,
          ],
        },
      },
    ];
  },
});
