import { handshakeCheck } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-rejects-client-ca',
  title: "the extension server's TLS takes any client certificate, and leaves the judgement to its authentication",
  modes: ['T16'],
  signature: 'rejects-client-ca',
  why: 'The server demands in TLS a client certificate of a CA that did not sign the front-proxy client. The request never gets to the authentication that would read the ConfigMap.',
  kubernetes: 'The APIService is `False`: `remote error: tls: unknown certificate authority`, `bad certificate` or `certificate required`.',
  repair:
    'Ask for a client certificate in TLS without verifying it (`RequestClientCert`), and verify it by ConfigMap extension-apiserver-authentication; or add the front-proxy CA to the CAs of the server.',
  mirrors: 'k8s.io/apiserver, pkg/server/secure_serving.go, v0.37.2',
  because: (server) =>
    `its extension server, ${server}, rejects kube-apiserver's client certificate in the TLS handshake, as it is of no CA that the server demands`,
  fix: ({ service: { namespace, name } }) => ({
    text: 'Have the extension server ask for a client certificate without demanding a CA in TLS, or give it the CA that signs the front-proxy client; that CA is:',
    commands: [
      `kubectl -n kube-system get configmap extension-apiserver-authentication -o jsonpath='{.data.requestheader-client-ca-file}' | openssl x509 -noout -subject -enddate`,
      `kubectl -n ${namespace} logs service/${name} --tail=50 | grep -i tls`,
    ],
  }),
});
