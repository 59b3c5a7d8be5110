import { handshakeCheck, tlsSettings } from './handshake-check.ts';

export default handshakeCheck({
  id: 'extension-server-without-tls-1-2',
  title: 'the extension API server supports TLS 1.2 or later',
  modes: ['T14'],
  signature: 'tls-too-old',
  why: 'Go clients support no version older than TLS 1.2.',
  kubernetes: 'The APIService is `False`: `remote error: tls: protocol version not supported`, even with `insecureSkipTLSVerify`.',
  repair: 'Build the extension API server with a current TLS library, or raise its maximum TLS version.',
  mirrors: 'crypto/tls, handshake_client.go, go1.26',
  because: (server) => `its extension API server, ${server}, supports no TLS version that kube-apiserver supports (1.2 or 1.3)`,
  fix: (apiService) => ({
    text: 'Configure the extension API server to offer TLS 1.2 or 1.3. To see its settings:',
    commands: tlsSettings(apiService),
  }),
});
