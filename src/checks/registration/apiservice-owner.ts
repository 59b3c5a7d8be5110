/** Who created an APIService, and whether its state has settled. */
import type { ApiService, Backend } from '../../model.ts';
import { ownersAmong } from '../../owners/index.ts';
import { named } from '../../owners/words.ts';

/** Who created the APIService and may create it again: each as text, and the namespace of a Helm release (null: not a release). */
export function ownersOf({
  labels,
  annotations,
  owners,
  service,
}: ApiService): readonly { readonly words: string; readonly release: string | null }[] {
  const marks = { labels, annotations, owners: [], managers: [] };
  const found = ownersAmong(marks, { addOns: 'addon manager', packagedCharts: null, name: service.name });
  return [
    ...found.map((owner) => ({ words: named(owner), release: owner.kind === 'Helm release' ? (owner.namespace ?? '') : null })),
    ...owners.map((owner) => ({ words: `\`${owner}\``, release: null })),
  ];
}

/** Whoever made it went with the namespace of its Service, as a Helm release does that is stored there. The absence of the namespace alone may be a typo. */
export function isLeftOver(apiService: ApiService, backend: Backend | null | undefined): boolean {
  const owners = ownersOf(apiService);
  return backend?.namespace === 'absent' && owners.length > 0 && owners.every(({ release }) => release === apiService.service.namespace);
}

/** kube-apiserver refreshes an extension API server's discovery within a minute (kube-aggregator, discoverymanager.go, v1.37), plus a margin. */
const refresh = 75_000;

/** Whether aggregated discovery has had time to follow: the APIService and its condition are old enough. */
export const settled = ({ available, createdAt }: ApiService, now: ApiService['createdAt']): boolean =>
  available !== null && [available.since, createdAt].every((time) => now.getTime() - time.getTime() > refresh);
