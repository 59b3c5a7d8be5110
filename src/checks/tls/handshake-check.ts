/** What the checks of a refused TLS handshake have in common: kube-apiserver says what it is, and there is nothing more to see. */
import { type AnyCheck, type ApiService, defineCheck, type Explain, type Fix } from '../../model.ts';
import { failsBy, target } from '../network/network-path.ts';
import { fails } from '../service-and-pods/workload-words.ts';

interface HandshakeCheck extends Omit<Explain, 'looksAt'> {
  readonly id: string;
  readonly title: string;
  /** The row of facts/way-signatures.ts. */
  readonly signature: string;
  /** The cause; `server` is the address that was dialled, in words. */
  readonly because: (server: string) => string;
  readonly fix: (apiService: ApiService) => Fix;
}
/** A check of one reason for which the handshake with an extension server fails, `insecureSkipTLSVerify` or not. */
export const handshakeCheck = ({ id, title, signature, because, fix, ...explain }: HandshakeCheck): AnyCheck =>
  defineCheck({
    id,
    title,
    severity: 'error',
    scope: 'apiservice',
    hop: 'TLS',
    needs: ['apiService', 'failure'],
    explain: { looksAt: 'what kube-apiserver says of the handshake', ...explain },
    run({ apiService, failure }) {
      if (!failsBy(failure, signature)) return [];
      return [
        {
          message: `${fails(apiService)}: ${because(target(apiService, failure))}.`,
          at: failure.at,
          evidence: [`\`${failure.text}\``],
          fix: fix(apiService),
        },
      ];
    },
  });

/** Commands that show which versions and suites of TLS an extension server is told to offer. */
export const tlsSettings = ({ service: { namespace, name } }: ApiService): readonly string[] => [
  `kubectl -n ${namespace} logs service/${name} --tail=50 | grep -i tls`,
  `kubectl -n ${namespace} get pods -o yaml | grep -n -e tls-min-version -e tls-cipher-suites`,
];
