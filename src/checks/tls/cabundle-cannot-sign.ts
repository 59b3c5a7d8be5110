import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';
import { setCaBundle } from '../registration/set-cabundle.ts';
import { servingProblem } from './serving-check.ts';

export default defineCheck({
  id: 'cabundle-cannot-sign',
  title: 'the certificates in the caBundle may sign the serving certificate',
  severity: 'error',
  modes: ['T11'],
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'backendPods', 'upgrade'],
  causes: { signatures: ['ca-cannot-sign'] },
  explain: {
    looksAt:
      "kube-apiserver's message about the serving certificate, and basicConstraints and keyUsage of the certificates in `spec.caBundle`",
    why: 'A certificate that signs others must be a CA: CA:TRUE, keyCertSign, and no constraint that forbids it. Only a leaf that is itself in the caBundle needs none of these.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `… x509: invalid signature: parent certificate cannot sign this kind of certificate …`. Up to 1.35 Available stays True, and users get 503 with this message.',
    repair: 'Create a CA certificate with CA:TRUE and keyCertSign, sign the serving certificate with it, and set it in `spec.caBundle`.',
    mirrors: 'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run(facts) {
    const { apiService } = facts;
    const wrong = (apiService.caBundle?.certificates ?? []).filter(
      ({ basicConstraints, keyUsage }) => !basicConstraints?.ca || (keyUsage !== null && !keyUsage.includes('keyCertSign')),
    );
    return servingProblem('ca-cannot-sign', facts, () => ({
      because: "a CA above its extension API server's serving certificate is not allowed to sign it",
      evidence: wrong.map(
        ({ subject, basicConstraints, keyUsage }) =>
          `caBundle: ${subject}, CA:${basicConstraints?.ca ? 'TRUE' : 'FALSE'}${keyUsage ? `, key usage ${list(keyUsage)}` : ''}`,
      ),
      fix: {
        text: 'Issue the CA certificate again with CA:TRUE and keyCertSign and without constraints that forbid it.',
        commands: [
          sh`kubectl get apiservice ${apiService.name} -o jsonpath='{.spec.caBundle}' | base64 -d | openssl x509 -noout -subject -ext basicConstraints,keyUsage`,
        ],
        edits: {
          of: 'certificate',
          to: 'renew',
          text: 'Reissue the CA certificate with the same key and name, with CA:TRUE and keyCertSign and without constraints that forbid it, and set it (`CA.crt` in the command) in the caBundle:',
          commands: [setCaBundle(apiService.name)],
        },
      },
    }));
  },
});
