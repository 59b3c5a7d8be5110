import { handshakeCheck, tlsSettings } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-without-tls-1-2',
  title: 'the extension server speaks TLS 1.2 or later',
  modes: ['T14'],
  signature: 'tls-too-old',
  why: "Go's clients speak nothing older than TLS 1.2.",
  kubernetes: 'The APIService is `False`: `remote error: tls: protocol version not supported`, with `insecureSkipTLSVerify` too.',
  repair: 'Build the extension server with a TLS library of today, or raise its highest version.',
  mirrors: 'crypto/tls, handshake_client.go, go1.26',
  because: (server) => `its extension server, ${server}, speaks no version of TLS that kube-apiserver does (1.2 or 1.3)`,
  fix: (apiService) => ({
    text: 'Have the extension server offer TLS 1.2 or 1.3; how it is started:',
    commands: tlsSettings(apiService),
  }),
});
