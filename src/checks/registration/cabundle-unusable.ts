import { defineCheck } from '../../check.ts';
import { injectorOf } from '../../owners/issuer.ts';
import { sh } from '../../sh.ts';
import { setCaBundle } from './set-cabundle.ts';

export default defineCheck({
  id: 'cabundle-unusable',
  title: 'the caBundle contains PEM certificates',
  severity: 'error',
  modes: ['A06', 'A24', 'A25'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService'],
  causes: { signatures: ['root-certificates', 'no-condition'] },
  explain: {
    looksAt: 'whether `spec.caBundle`, decoded from base64 once, contains at least one PEM certificate',
    why: 'kube-apiserver accepts any bytes as caBundle and detects the fault only when it connects. Every request then fails.',
    kubernetes:
      'The condition is no longer updated: an old True remains while users get 500 `unable to load root certificates: …`. A new APIService has no condition, and users get 503. Up to 1.35 the probe ignores the caBundle, so Available is True.',
    repair: 'Set `spec.caBundle` to the CA as PEM, with its line breaks, base64-encoded once.',
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
            ? 'Available is True but not meaningful: it is no longer updated, or its probe does not read the caBundle'
            : available
              ? `the condition is older than the caBundle, or names an earlier fault: ${available.status} (${available.reason})`
              : 'the condition Available is not set while the caBundle cannot be read',
          ...(injector ? [`${injector.who} should inject it: \`${injector.key}: ${injector.value}\``] : []),
        ],
        fix: {
          text: 'Look at the current value first. It must be the CA of the serving certificate as PEM with its line breaks, base64-encoded once.',
          commands: [sh`kubectl get apiservice ${name} -o jsonpath='{.spec.caBundle}' | base64 -d | head -c 300`],
          edits: {
            of: 'certificate',
            to: 'renew',
            text: 'Look at the current value first. Then set the CA of the serving certificate (`CA.crt` in the command) as PEM with its line breaks, base64-encoded once:',
            commands: [setCaBundle(name)],
          },
        },
      },
    ];
  },
});
