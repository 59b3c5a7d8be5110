import { defineCheck } from '../model.ts';
import { reissueServing, servingProblem } from './_serving.ts';

export default defineCheck({
  id: 'serving-certificate-signature-insecure',
  title: "the extension server's serving certificate is signed with SHA-256 or better",
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'upgrade'],
  explain: {
    looksAt: 'what kube-apiserver says of the serving certificate, and what a handshake shows of it',
    why: 'Go refuses signatures with SHA-1 and MD5.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `… x509: cannot verify signature: insecure algorithm SHA1-RSA …`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Issue it anew with SHA-256; the CA can stay.',
    mirrors:
      'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run(facts) {
    const { apiService } = facts;
    return servingProblem('serving-certificate-signature-insecure', 'signature', facts, () => ({
      because:
        'the certificate of its extension server, or a CA between it and the caBundle, is signed with an algorithm that is no longer safe',
      fix: reissueServing(apiService, 'signed with SHA-256'),
    }));
  },
});
