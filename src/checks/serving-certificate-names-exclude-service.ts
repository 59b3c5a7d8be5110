import { defineCheck } from '../model.ts';
import { reissueServing, servingProblem } from './_serving.ts';

export default defineCheck({
  id: 'serving-certificate-names-exclude-service',
  title: "the extension server's serving certificate is for the name of its Service",
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure', 'servingFaults'],
  wants: ['serving', 'upgrade'],
  explain: {
    looksAt: 'what kube-apiserver says of the serving certificate, and what a handshake shows of it',
    why: 'kube-apiserver expects exactly SERVICE.NAMESPACE.svc, whatever address it dials. `SERVICE`, `SERVICE.NAMESPACE`, `SERVICE.NAMESPACE.svc.cluster.local`, an IP address or the Common Name do not count; of wildcards only `*.NAMESPACE.svc` does.',
    kubernetes:
      'From 1.36 on the APIService becomes `False`, `x509: certificate is valid for …, not SERVICE.NAMESPACE.svc`. Up to 1.35 Available stays True, and users get 503 with that text.',
    repair: 'Issue a certificate whose SAN holds that name. A server that signs its own certificate names only localhost: give it one.',
    mirrors:
      'crypto/x509, verify.go, go1.26; k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go, v0.37.2',
  },
  run(facts) {
    const { apiService } = facts;
    return servingProblem('serving-certificate-names-exclude-service', 'names', facts, () => ({
      because: `its extension server's certificate is not for \`${apiService.service.name}.${apiService.service.namespace}.svc\`, which is the name that kube-apiserver expects`,
      fix: reissueServing(apiService, `with the SAN \`DNS:${apiService.service.name}.${apiService.service.namespace}.svc\``),
    }));
  },
});
