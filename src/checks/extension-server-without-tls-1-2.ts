import { defineCheck } from '../model.ts';
import { failsBy, target, tlsSettings } from './_way.ts';

export default defineCheck({
  id: 'extension-server-without-tls-1-2',
  title: 'the extension server speaks TLS 1.2 or later',
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure'],
  explain: {
    looksAt: 'what kube-apiserver says of the handshake',
    why: "Go's clients speak nothing older than TLS 1.2.",
    kubernetes: 'The APIService is `False`: `remote error: tls: protocol version not supported`, with `insecureSkipTLSVerify` too.',
    repair: 'Build the extension server with a TLS library of today, or raise its highest version.',
    mirrors: 'crypto/tls, handshake_client.go, go1.26',
  },
  run({ apiService, failure }) {
    if (!failsBy(failure, 'tls-too-old')) return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: its extension server, ${target(apiService, failure)}, speaks no version of TLS that kube-apiserver does (1.2 or 1.3).`,
        at: failure.at,
        evidence: [`\`${failure.text}\``],
        fix: {
          text: 'Have the extension server offer TLS 1.2 or 1.3; how it is started:',
          commands: tlsSettings(apiService),
        },
      },
    ];
  },
});
