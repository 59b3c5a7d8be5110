import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { servingProblem } from './serving-check.ts';

export default defineCheck({
  id: 'cabundle-cannot-sign',
  title: 'the certificates in the caBundle may sign the serving certificate',
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'backendPods', 'upgrade'],
  explain: {
    looksAt:
      'what kube-apiserver says of the serving certificate, and basicConstraints and keyUsage of the certificates in `spec.caBundle`',
    why: 'A certificate that signs others must be a CA: CA:TRUE, keyCertSign, and no constraint that forbids it. Only a leaf that is in caBundle itself needs none of it.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `… x509: invalid signature: parent certificate cannot sign this kind of certificate …`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Make a CA that is one, sign the serving certificate by it, and put it into `spec.caBundle`.',
    mirrors: 'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2',
  },
  run(facts) {
    const { apiService } = facts;
    const wrong = (apiService.caBundle?.certificates ?? []).filter(
      ({ basicConstraints, keyUsage }) => !basicConstraints?.ca || (keyUsage !== null && !keyUsage.includes('keyCertSign')),
    );
    return servingProblem('cabundle-cannot-sign', 'ca-cannot-sign', facts, () => ({
      because: 'a certificate above the serving certificate of its extension server may not sign it',
      evidence: wrong.map(
        ({ subject, basicConstraints, keyUsage }) =>
          `caBundle: ${subject}, CA:${basicConstraints?.ca ? 'TRUE' : 'FALSE'}${keyUsage ? `, key usage ${list(keyUsage)}` : ''}`,
      ),
      fix: {
        text: 'Issue that CA certificate anew with the same key and name, with CA:TRUE and keyCertSign and without constraints that forbid it, and put it into the caBundle:',
        commands: [
          `kubectl get apiservice ${apiService.name} -o jsonpath='{.spec.caBundle}' | base64 -d | openssl x509 -noout -subject -ext basicConstraints,keyUsage`,
          `kubectl patch apiservice ${apiService.name} --type merge -p "{\\"spec\\":{\\"caBundle\\":\\"$(base64 -w0 CA.crt)\\"}}"`,
        ],
      },
    }));
  },
});
