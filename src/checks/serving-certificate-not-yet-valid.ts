import { defineCheck } from '../model.ts';
import { servingProblem } from './_serving.ts';

export default defineCheck({
  id: 'serving-certificate-not-yet-valid',
  title: "the extension server's serving certificate is valid already",
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'upgrade'],
  explain: {
    looksAt: 'what kube-apiserver says of the serving certificate, and what a handshake shows of it',
    why: 'Either it was issued for later, or the clock of the control-plane node is behind that of the issuer.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate has expired or is not yet valid: current time … is before …`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Set the clocks right; else wait, or issue it anew.',
    mirrors:
      'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run(facts) {
    const { apiService } = facts;
    return servingProblem('serving-certificate-not-yet-valid', 'not-yet-valid', facts, () => ({
      because: "by kube-apiserver's clock the serving certificate of its extension server is not valid yet",
      fix: {
        text: `Compare the clock of each control-plane node with a good one; where they are right, wait until the certificate is valid, or issue it anew for \`${apiService.service.name}.${apiService.service.namespace}.svc\`:`,
        commands: ['timedatectl    # on each control-plane node'],
      },
    }));
  },
});
