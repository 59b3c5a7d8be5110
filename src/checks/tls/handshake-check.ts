/** What the checks of a failed TLS handshake share: kube-apiserver's message names the reason. */
import { defineCheck } from '../../check.ts';
import type { AnyCheck, ApiService, Command, Explain, FailureKind, Fix } from '../../model.ts';
import type { Product } from '../../products/product.ts';
import { sh } from '../../sh.ts';
import { failsBy, target } from '../network/network-path.ts';
import { fails } from '../service-and-pods/workload-words.ts';

interface HandshakeCheck extends Omit<Explain, 'looksAt'> {
  readonly id: string;
  readonly title: string;
  readonly modes: readonly string[];
  readonly signature: FailureKind;
  /** The cause; `server` is the dialed address as text. */
  readonly because: (server: string) => string;
  readonly fix: (apiService: ApiService, product: Product | null | undefined) => Fix;
}
/** A check of one reason for a failed handshake with an extension API server, with or without `insecureSkipTLSVerify`. */
export const handshakeCheck = ({ id, title, modes, signature, because, fix, ...explain }: HandshakeCheck): AnyCheck =>
  defineCheck({
    id,
    title,
    severity: 'error',
    modes,
    scope: 'apiservice',
    hop: 'TLS',
    needs: ['apiService', 'failure'],
    wants: ['product'],
    causes: { signatures: [signature] },
    explain: { looksAt: "kube-apiserver's message about the handshake", ...explain },
    run({ apiService, failure, product }) {
      if (!failsBy(failure, signature)) return [];
      return [
        {
          message: `${fails(apiService)}: ${because(target(apiService, failure))}.`,
          at: failure.at,
          evidence: [`\`${failure.text}\``],
          fix: fix(apiService, product),
        },
      ];
    },
  });

/** Commands that show which TLS versions and cipher suites an extension API server is configured to offer. */
export const tlsSettings = ({ service: { namespace, name } }: ApiService): readonly Command[] => [
  sh`kubectl -n ${namespace} logs service/${name} --tail=50 | grep -i tls`,
  sh`kubectl -n ${namespace} get pods -o yaml | grep -n -e tls-min-version -e tls-cipher-suites`,
];
