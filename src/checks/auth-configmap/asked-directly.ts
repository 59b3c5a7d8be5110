/** What an extension API server answers to a direct request that imitates kube-apiserver's. */
import type { FrontProxyProbe, Observed } from '../../model.ts';

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

/** Whether every kube-apiserver's files are seen, so that nobody need look at them elsewhere. */
export const areSeen = (files: readonly { readonly observed: Observed<unknown> }[] | undefined): boolean =>
  files !== undefined && files.length > 0 && files.every(({ observed }) => observed.ok);
