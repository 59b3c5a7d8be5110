import { defineCheck } from '../model.ts';
import { failsBy, target, tlsSettings } from './_way.ts';

export default defineCheck({
  id: 'extension-server-without-common-cipher',
  title: 'the extension server and kube-apiserver have a cipher suite in common',
  severity: 'error',
  scope: 'apiservice',
  hop: 'TLS',
  needs: ['apiService', 'failure'],
  explain: {
    looksAt: 'what kube-apiserver says of the handshake',
    why: "Go's clients offer suites with ECDHE alone since Go 1.22: a list of `TLS_RSA_…` suites leaves nothing in common.",
    kubernetes: 'The APIService is `False`: `remote error: tls: handshake failure`.',
    repair: 'Take the list of cipher suites away, or add one with ECDHE.',
    mirrors: 'crypto/tls, cipher_suites.go, go1.26',
  },
  run({ apiService, failure }) {
    if (!failsBy(failure, 'no-common-cipher')) return [];
    return [
      {
        message: `\`${apiService.group}/${apiService.version}\` fails for every user: its extension server, ${target(apiService, failure)}, has no cipher suite or curve in common with kube-apiserver.`,
        at: failure.at,
        evidence: [`\`${failure.text}\``],
        fix: {
          text: 'Take `--tls-cipher-suites` off the extension server, or add one such as `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`; how it is started:',
          commands: tlsSettings(apiService),
        },
      },
    ];
  },
});
