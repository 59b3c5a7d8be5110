/** Lines by which a metrics adapter says that it does not reach what its metrics come from. */
import type { DependencyKind, Signature } from '../model.ts';
import { linesOf } from './log-lines.ts';
import { saidIn } from './log-records.ts';

/**
 * kedacore/keda, pkg/provider/provider.go and cmd/adapter/main.go, v2.9 to v2.20 (klogr writes `"msg"="…" "error"="…"`); google.golang.org/grpc,
 * clientconn.go; kubernetes-sigs/prometheus-adapter, pkg/custom-provider and pkg/external-provider, v0.9 to v0.12.
 */
export const dependencies: readonly Signature<DependencyKind>[] = [
  {
    kind: 'keda-operator',
    matches:
      /timeout while waiting to establish gRPC connection to KEDA Metrics Service server|createTransport failed to connect to \{\s*"?Addr"?: "[^"]*:9666"/,
  },
  {
    kind: 'prometheus',
    matches: /(?:^|\] )(?:"[^"]*" err=")?(?:unable to fetch metrics from prometheus: |unable to update list of all metrics: )/,
  },
];

/** The newest such line; null: there is none. */
export function dependencyIn(log: string): { readonly kind: DependencyKind; readonly text: string } | null {
  for (const { text } of linesOf(log).toReversed()) {
    const kind = dependencies.find(({ matches }) => matches.test(saidIn(text)))?.kind;
    if (kind) return { kind, text: text.length > 300 ? `${text.slice(0, 299)}…` : text };
  }
  return null;
}

/**
 * What an adapter answers to a request when its source of metrics fails it. Other errors may be the request's: KEDA's adapter answers 500 to one
 * that names no ScaledObject. kubernetes-sigs/prometheus-adapter, pkg/custom-provider/provider.go, v0.12.0.
 */
const failures: readonly RegExp[] = [
  /^Internal error occurred: unable to fetch metrics$/,
  /^timeout while waiting to establish gRPC connection to KEDA Metrics Service server$/,
  /^gRPC connection is shut down$/,
  /^rpc error: code = (?:Unavailable|DeadlineExceeded) desc = /,
  // k8s.io/apiserver, plugin/pkg/authorizer/webhook/webhook.go: no adapter is asked then.
  /(?:subjectaccessreviews|tokenreviews)\.\S+ is forbidden: User "/,
];
export const isAdapterFailure = (status: number, text: string): boolean =>
  [502, 503, 504].includes(status) || (status >= 500 && failures.some((matches) => matches.test(text)));
