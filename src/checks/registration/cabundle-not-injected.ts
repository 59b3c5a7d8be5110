import { defineCheck } from '../../check.ts';
import { injectorOf } from './apiservice-owner.ts';

export default defineCheck({
  id: 'cabundle-not-injected',
  title: 'who is to fill in the caBundle has done so',
  severity: 'error',
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'failure'],
  explain: {
    looksAt: 'the annotations by which cert-manager or OpenShift are asked to fill in `spec.caBundle`, and whether it is filled in',
    why: 'Without a caBundle kube-apiserver trusts the CAs of its own image alone, and no CA of a cluster is among them.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate signed by unknown authority`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Repair the injector: it runs, the annotation names an existing Certificate or Secret, and that is ready.',
    mirrors: 'cert-manager, pkg/controller/cainjector, v1.18; k8s.io/client-go, transport/transport.go, v0.37.2',
  },
  run({ apiService, failure }) {
    const injector = injectorOf(apiService);
    if (!injector) return null;
    if (apiService.caBundle || failure?.signature !== 'unknown-authority' || failure.inTransition) return [];
    const { who, key, value } = injector;
    const [namespace = '', name = ''] = value.split('/');
    const certManager = key.startsWith('cert-manager.io/');
    const source = key.endsWith('-secret') ? 'secret' : 'certificate';
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${who} has not filled in \`spec.caBundle\`, so kube-apiserver does not trust the serving certificate.`,
        at: { object: `APIService ${apiService.name}`, field: `metadata.annotations[${key}]` },
        evidence: [`\`${key}: ${value}\`, and caBundle is empty`, `\`${failure.text}\``],
        fix: certManager
          ? {
              text: 'See that what the annotation names exists and is ready, and that cainjector runs; its log names this APIService:',
              commands: [
                ...(name ? [`kubectl -n ${namespace} get ${source} ${name}`] : []),
                'kubectl get pods -A -l app.kubernetes.io/component=cainjector',
                'kubectl -n cert-manager logs deployment/cert-manager-cainjector --tail=50',
              ],
            }
          : {
              text: 'See that the operator runs, and what it logs of this APIService:',
              commands: ['oc get clusteroperator service-ca', 'oc -n openshift-service-ca logs deployment/service-ca --tail=50'],
            },
      },
    ];
  },
});
