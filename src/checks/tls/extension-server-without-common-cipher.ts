import { handshakeCheck, tlsSettings } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-without-common-cipher',
  title: 'the extension server and kube-apiserver have a cipher suite in common',
  modes: ['T15'],
  signature: 'no-common-cipher',
  why: "Go's clients offer suites with ECDHE alone since Go 1.22: a list of `TLS_RSA_…` suites leaves nothing in common.",
  kubernetes: 'The APIService is `False`: `remote error: tls: handshake failure`.',
  repair: 'Take the list of cipher suites away, or add one with ECDHE.',
  mirrors: 'crypto/tls, cipher_suites.go, go1.26',
  because: (server) => `its extension server, ${server}, has no cipher suite or curve in common with kube-apiserver`,
  fix: (apiService) => ({
    text: 'Take `--tls-cipher-suites` off the extension server, or add one such as `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`; how it is started:',
    commands: tlsSettings(apiService),
  }),
});
