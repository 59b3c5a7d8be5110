import { apiPath } from '../../api-path.ts';
import { type Decoded, list as listOf, object, string, time } from '../../decode.ts';
import type { AutoscalerWithoutMetrics, Observed } from '../../model.ts';
import { complaintOf } from '../../signatures/autoscalers.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact } from '../engine/declare.ts';
import { list, metadata } from '../shared/kubernetes.ts';
import { optional } from '../shared/observed.ts';

/** [] as well where no API of metrics is registered, because nobody asks then. The right to list them is optional. */
export const autoscalersWithoutMetrics = fact({
  name: 'autoscalersWithoutMetrics',
  needs: { remote: remoteApiServices },
  read: async ({ remote }, ask): Promise<Observed<readonly AutoscalerWithoutMetrics[]>> => {
    if (!remote.some(({ group }) => metricsApis.includes(group))) return { ok: true, value: [] };
    const listed = await list(ask, apiPath`/apis/autoscaling/v2/horizontalpodautoscalers`, autoscalerObject);
    // An older snapshot does not hold them.
    if (!listed.ok && listed.why === 'excluded') return { ok: true, value: [] };
    return optional(listed, withoutMetrics, 'HorizontalPodAutoscalers without metrics');
  },
});

const metricsApis = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io'];

/** k8s.io/api, autoscaling/v2/types.go. */
export const autoscalerObject = object({
  metadata: object(metadata),
  status: object({
    conditions: listOf(object({ type: string, status: string, reason: string, message: string, lastTransitionTime: time })),
  }),
});

/** Those that a person is about to delete are nobody's concern. */
const withoutMetrics = (autoscalers: readonly Decoded<typeof autoscalerObject>[]): readonly AutoscalerWithoutMetrics[] =>
  autoscalers.flatMap(({ metadata, status }) => {
    const inactive = status?.conditions?.find(({ type, status }) => type === 'ScalingActive' && status === 'False');
    const complaint = complaintOf(inactive?.reason ?? '', inactive?.message ?? '');
    if (!inactive || !complaint || metadata?.deletionTimestamp) return [];
    return [
      {
        name: `${metadata?.namespace}/${metadata?.name}`,
        ...complaint,
        text: inactive.message ?? '',
        since: new Date(inactive.lastTransitionTime ?? 0),
        // kedacore/keda, controllers/keda/hpa.go, v2.0 to v2.20.
        ofKeda: metadata?.labels?.['scaledobject.keda.sh/name'] !== undefined || /^keda-hpa-/.test(metadata?.name ?? ''),
      },
    ];
  });
