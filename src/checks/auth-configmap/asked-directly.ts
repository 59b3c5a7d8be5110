/** What an extension API server answers to a direct request that imitates kube-apiserver's. */
import type { FrontProxyProbe } from '../../model.ts';

/** Evidence beside the answer that kube-apiserver gets; none if aggctl sent no request. */
export function askedDirectly(probe: FrontProxyProbe | null | undefined): readonly string[] {
  if (!probe?.withPair) return [];
  const { status, text, seenAs } = probe.withPair;
  if (seenAs === 'aggctl-probe')
    return [`to a direct request with this node's front-proxy pair, ${probe.address} accepts the user headers`];
  return [
    `to a direct request with this node's front-proxy pair, ${probe.address} answers ${status === null ? '' : `${status} `}\`${text}\``,
  ];
}
