import { sh } from '../../sh.ts';
import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-names-exclude-service',
  title: "the extension API server's serving certificate is valid for its Service's name",
  modes: ['T01', 'T02', 'T03', 'T22', 'T23', 'W10', 'V07'],
  kind: 'names',
  signature: 'serving-names',
  why: 'kube-apiserver expects exactly SERVICE.NAMESPACE.svc, whatever address it dials. `SERVICE`, `SERVICE.NAMESPACE`, `SERVICE.NAMESPACE.svc.cluster.local`, an IP address or the Common Name do not count; of wildcards only `*.NAMESPACE.svc` does.',
  says: 'x509: certificate is valid for …, not SERVICE.NAMESPACE.svc',
  repair:
    'Issue a certificate whose SAN contains that name. A server that signs its own certificate names only localhost: configure a certificate for it.',
  say(apiService, { text }) {
    const { name, namespace } = apiService.service;
    const expected = `${name}.${namespace}.svc`;
    // k8s.io/client-go v0.37.2, util/cert/cert.go (GenerateSelfSignedCertKey) names it twice.
    const selfMade = / valid for localhost, localhost, not /.test(text);
    return {
      because: selfMade
        ? `its extension API server has no configured serving certificate and uses a self-signed one for \`localhost\`, not \`${expected}\``
        : `its extension API server's certificate is not valid for \`${expected}\`, the name that kube-apiserver expects`,
      fix: selfMade
        ? {
            text: `Configure a serving certificate with the SAN \`DNS:${expected}\`.`,
            edits: {
              of: 'certificate',
              to: 'renew',
              text: `Issue a certificate (\`TLS.crt\` and \`TLS.key\` in the command) with the SAN \`DNS:${expected}\` from the CA in \`spec.caBundle\`. Mount its Secret and set \`--tls-cert-file\` and \`--tls-private-key-file\`:`,
              commands: [
                sh`kubectl -n ${namespace} create secret tls ${name}-serving --cert=TLS.crt --key=TLS.key`,
                sh`kubectl -n ${namespace} get service,deployments,statefulsets,daemonsets -o wide`,
              ],
            },
          }
        : reissueServing(apiService, `with the SAN \`DNS:${expected}\``),
    };
  },
});
