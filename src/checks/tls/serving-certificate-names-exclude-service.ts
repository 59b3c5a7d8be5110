import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-names-exclude-service',
  title: "the extension server's serving certificate is for the name of its Service",
  kind: 'names',
  signature: 'serving-names',
  why: 'kube-apiserver expects exactly SERVICE.NAMESPACE.svc, whatever address it dials. `SERVICE`, `SERVICE.NAMESPACE`, `SERVICE.NAMESPACE.svc.cluster.local`, an IP address or the Common Name do not count; of wildcards only `*.NAMESPACE.svc` does.',
  says: 'x509: certificate is valid for …, not SERVICE.NAMESPACE.svc',
  repair: 'Issue a certificate whose SAN holds that name. A server that signs its own certificate names only localhost: give it one.',
  say(apiService, { text }) {
    const { name, namespace } = apiService.service;
    const expected = `${name}.${namespace}.svc`;
    // k8s.io/client-go v0.37.2, util/cert/cert.go (GenerateSelfSignedCertKey) names it twice.
    const selfMade = / valid for localhost, localhost, not /.test(text);
    return {
      because: selfMade
        ? `its extension server was given no serving certificate and made one for itself, which names \`localhost\` and not \`${expected}\``
        : `its extension server's certificate is not for \`${expected}\`, which is the name that kube-apiserver expects`,
      fix: selfMade
        ? {
            text: `Give it one with the SAN \`DNS:${expected}\`, by the CA in \`spec.caBundle\`: mount its Secret, and name the files in \`--tls-cert-file\` and \`--tls-private-key-file\`:`,
            commands: [
              `kubectl -n ${namespace} create secret tls ${name}-serving --cert=TLS.crt --key=TLS.key`,
              `kubectl -n ${namespace} get service,deployments,statefulsets,daemonsets -o wide`,
            ],
          }
        : reissueServing(apiService, `with the SAN \`DNS:${expected}\``),
    };
  },
});
