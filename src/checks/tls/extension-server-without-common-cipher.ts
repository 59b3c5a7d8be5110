import { handshakeCheck, tlsSettings } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-without-common-cipher',
  title: 'the extension API server and kube-apiserver share a cipher suite',
  modes: ['T15'],
  signature: 'no-common-cipher',
  why: 'Since Go 1.22, Go clients offer only ECDHE suites: a list of only `TLS_RSA_…` suites has none in common.',
  kubernetes: 'The APIService is `False`: `remote error: tls: handshake failure`.',
  repair: 'Remove the list of cipher suites, or add one with ECDHE.',
  mirrors: 'crypto/tls, cipher_suites.go, go1.26',
  because: (server) => `its extension API server, ${server}, has no cipher suite or curve in common with kube-apiserver`,
  fix: (apiService) => ({
    text: 'Remove `--tls-cipher-suites` from the extension API server, or add a suite such as `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`. To see its settings:',
    commands: tlsSettings(apiService),
  }),
});
