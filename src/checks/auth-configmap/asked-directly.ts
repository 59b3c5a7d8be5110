/** What an extension server said when it was asked directly, as kube-apiserver asks it. */
import type { FrontProxyProbe } from '../../model.ts';

/** As evidence, beside what kube-apiserver gets; nothing where nobody asked. */
export function askedDirectly(probe: FrontProxyProbe | null | undefined): readonly string[] {
  if (!probe?.withPair) return [];
  const { status, text, seenAs } = probe.withPair;
  if (seenAs === 'aggctl-probe') return [`asked directly with the front-proxy pair of this node, ${probe.address} believes it`];
  return [
    `asked directly with the front-proxy pair of this node, ${probe.address} answers ${status === null ? '' : `${status} `}\`${text}\``,
  ];
}
