import { reissueServing, servingCheck } from './_serving.ts';

export default servingCheck({
  id: 'serving-certificate-names-exclude-service',
  title: "the extension server's serving certificate is for the name of its Service",
  kind: 'names',
  why: 'kube-apiserver expects exactly SERVICE.NAMESPACE.svc, whatever address it dials. `SERVICE`, `SERVICE.NAMESPACE`, `SERVICE.NAMESPACE.svc.cluster.local`, an IP address or the Common Name do not count; of wildcards only `*.NAMESPACE.svc` does.',
  says: 'x509: certificate is valid for …, not SERVICE.NAMESPACE.svc',
  repair: 'Issue a certificate whose SAN holds that name. A server that signs its own certificate names only localhost: give it one.',
  say: (apiService) => ({
    because: `its extension server's certificate is not for \`${apiService.service.name}.${apiService.service.namespace}.svc\`, which is the name that kube-apiserver expects`,
    fix: reissueServing(apiService, `with the SAN \`DNS:${apiService.service.name}.${apiService.service.namespace}.svc\``),
  }),
});
