import { defineCheck } from '../model.ts';
import { reissueServing, servingProblem } from './_serving.ts';

export default defineCheck({
  id: 'serving-certificate-expired',
  title: "the extension server's serving certificate has not expired",
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'upgrade'],
  explain: {
    looksAt: 'what kube-apiserver says of the serving certificate, and what a handshake shows of it',
    why: 'kube-apiserver ends the connection before it sends anything. A connection that was open before goes on, so the fault may show days later, at the next restart.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate has expired or is not yet valid: current time … is after …`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Renew the certificate, and see why nothing renewed it.',
    mirrors:
      'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run(facts) {
    const { apiService } = facts;
    return servingProblem('serving-certificate-expired', 'expired', facts, () => ({
      because: 'the serving certificate of its extension server has expired',
      fix: reissueServing(apiService, 'that is valid now'),
    }));
  },
});
