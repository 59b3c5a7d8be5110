import { defineCheck } from '../model.ts';
import { reissueServing, servingProblem } from './_serving.ts';

export default defineCheck({
  id: 'serving-certificate-without-serverauth',
  title: "the extension server's serving certificate is for servers",
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'upgrade'],
  explain: {
    looksAt: 'what kube-apiserver says of the serving certificate, and what a handshake shows of it',
    why: 'A certificate that lists extended key usages must list serverAuth, and so must each CA above it that lists any.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate specifies an incompatible key usage`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Issue it with serverAuth, or without such a list.',
    mirrors:
      'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run(facts) {
    const { apiService } = facts;
    return servingProblem('serving-certificate-without-serverauth', 'usage', facts, () => ({
      because: 'the certificate of its extension server, or a CA above it, lists extended key usages without serverAuth',
      fix: reissueServing(apiService, 'with the extended key usage serverAuth'),
    }));
  },
});
