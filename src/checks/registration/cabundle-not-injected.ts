import { defineCheck } from '../../check.ts';
import { injectorOf } from '../../owners/issuer.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'cabundle-not-injected',
  title: 'the caBundle has been injected',
  severity: 'error',
  modes: ['A21', 'A26'],
  scope: 'apiservice',
  hop: 'registration',
  needs: ['apiService', 'failure'],
  causes: { signatures: ['unknown-authority'] },
  explain: {
    looksAt: 'the annotations that ask cert-manager or OpenShift to inject `spec.caBundle`, and whether it is set',
    why: 'Without a caBundle kube-apiserver trusts only the CAs of its own image, which include no cluster CA.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate signed by unknown authority`. Up to 1.35 Available stays True, and users get 503 with this message.',
    repair: 'Fix the injector: it must run, and the Certificate or Secret in the annotation must exist and be ready.',
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
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: ${who} has not injected \`spec.caBundle\`, so kube-apiserver does not trust the serving certificate.`,
        at: { object: `APIService ${apiService.name}`, field: `metadata.annotations[${key}]` },
        evidence: [`\`${key}: ${value}\`, and caBundle is empty`, `\`${failure.text}\``],
        fix: certManager
          ? {
              text: 'Check that the object in the annotation exists and is ready, and that cainjector runs. Its log names this APIService:',
              commands: [
                ...(name ? [sh`kubectl -n ${namespace} get ${source} ${name}`] : []),
                sh`kubectl get pods -A -l app.kubernetes.io/component=cainjector`,
                sh`kubectl -n cert-manager logs deployment/cert-manager-cainjector --tail=50`,
              ],
            }
          : {
              text: 'Check that the operator runs, and read what it logs about this APIService:',
              commands: [sh`oc get clusteroperator service-ca`, sh`oc -n openshift-service-ca logs deployment/service-ca --tail=50`],
            },
      },
    ];
  },
});
