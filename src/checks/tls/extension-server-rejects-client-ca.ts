import { copied } from '../../products/index.ts';
import { sh } from '../../sh.ts';
import { handshakeCheck } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-rejects-client-ca',
  title: "the extension API server accepts kube-apiserver's client certificate in the TLS handshake",
  modes: ['T16'],
  signature: 'rejects-client-ca',
  why: 'In TLS, the server requires a client certificate from a CA that did not sign the front-proxy client certificate. The request never reaches the authentication that reads the ConfigMap.',
  kubernetes: 'The APIService is `False`: `remote error: tls: unknown certificate authority`, `bad certificate` or `certificate required`.',
  repair:
    "Request a client certificate in TLS without verifying it (`RequestClientCert`), and verify it with ConfigMap extension-apiserver-authentication. Or add the front-proxy CA to the server's client CAs.",
  mirrors: 'k8s.io/apiserver, pkg/server/secure_serving.go, v0.37.2',
  because: (server) =>
    `its extension API server, ${server}, rejects kube-apiserver's client certificate in the TLS handshake, because its CA is not one that the server requires`,
  fix: ({ service: { namespace, name } }, product) =>
    copied(product, namespace) ?? {
      text: 'Configure the extension API server to request a client certificate without requiring a CA in TLS, or add the CA of the front-proxy client certificate to its client CAs. The first command shows that CA:',
      commands: [
        sh`kubectl -n kube-system get configmap extension-apiserver-authentication -o jsonpath='{.data.requestheader-client-ca-file}' | openssl x509 -noout -subject -enddate`,
        sh`kubectl -n ${namespace} logs service/${name} --tail=50 | grep -i tls`,
      ],
    },
});
