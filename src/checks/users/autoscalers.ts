/** HorizontalPodAutoscalers without metrics, as the checks of each cause tell of them. Pure. */
import { list } from '../../format.ts';
import type { ApiService, AutoscalerWithoutMetrics, ComplaintKind, Place } from '../../model.ts';

/** The controller computes every 15 s; metrics of new pods need up to a minute, and so do those of an API that has just come back. */
export const settling = 120_000;

/** Whether autoscalers get metrics of it. */
export const hasMetrics = ({ group }: Pick<ApiService, 'group'>): boolean => /^(?:(?:custom|external)\.)?metrics\.k8s\.io$/.test(group);

/** Those that have lacked metrics of this API for some time while it served. */
export const complaining = (
  autoscalers: readonly AutoscalerWithoutMetrics[],
  { group, available }: Pick<ApiService, 'group' | 'available'>,
  kinds: readonly ComplaintKind[],
  now: AutoscalerWithoutMetrics['since'],
): readonly AutoscalerWithoutMetrics[] =>
  available && now.getTime() - available.since.getTime() < settling
    ? []
    : autoscalers.filter(({ api, kind, since }) => api === group && kinds.includes(kind) && now.getTime() - since.getTime() >= settling);

/** `HorizontalPodAutoscaler a/b gets`. */
export const those = (autoscalers: readonly AutoscalerWithoutMetrics[], one: string, many: string): string =>
  `${autoscalers.length === 1 ? `A HorizontalPodAutoscaler ${one}` : `${autoscalers.length} HorizontalPodAutoscalers ${many}`}`;
export const namesOf = (autoscalers: readonly AutoscalerWithoutMetrics[]): string =>
  list(
    autoscalers.map(({ name }) => name),
    { most: 4 },
  );
export const placeOf = ({ name }: AutoscalerWithoutMetrics): Place => ({
  object: `HorizontalPodAutoscaler ${name}`,
  field: 'status.conditions[ScalingActive]',
});
