import { apiPath } from '../../api-path.ts';
import { type Decoded, list as listOf, object, string } from '../../decode.ts';
import type { ApiService, Ask, AutoscalerWithoutMetrics, Observed, StuckNamespace } from '../../model.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact } from '../engine/declare.ts';
import { list, metadata } from '../shared/kubernetes.ts';

/** What else stands still while an APIService does not serve: namespaces that cannot be deleted, autoscalers without metrics. */
export const sideEffects = fact({
  name: 'sideEffects',
  internal: true,
  needs: { remote: remoteApiServices },
  read: async ({ remote }, ask) => ({ ok: true, value: await readSideEffects(ask, remote) }),
});

export const conditionedObject = object({
  metadata: object(metadata),
  status: object({ conditions: listOf(object({ type: string, status: string, reason: string, message: string })) }),
});
type Conditioned = Decoded<typeof conditionedObject>;
const terminating = apiPath`/api/v1/namespaces?fieldSelector=status.phase%3DTerminating`;
const autoscalers = apiPath`/apis/autoscaling/v2/horizontalpodautoscalers`;

interface SideEffects {
  readonly stuckNamespaces: Observed<readonly StuckNamespace[]>;
  readonly autoscalersWithoutMetrics: Observed<readonly AutoscalerWithoutMetrics[]>;
}
/** Asks nobody while every condition is True, and for autoscalers only where an API of metrics is down. The rights for it are optional. */
async function readSideEffects(ask: Ask, services: readonly ApiService[]): Promise<SideEffects> {
  const down = services.filter(({ available }) => available?.status !== 'True');
  const [namespaces, scalers] = await Promise.all([
    down.length > 0 ? list(ask, terminating, conditionedObject) : none,
    down.some(({ group }) => metricsApis.includes(group)) ? list(ask, autoscalers, conditionedObject) : none,
  ]);
  return {
    stuckNamespaces: optional(namespaces, stuckNamespaces, 'namespaces that cannot be deleted'),
    autoscalersWithoutMetrics: optional(scalers, autoscalersWithoutMetrics, 'HorizontalPodAutoscalers without metrics'),
  };
}
const none = { ok: true, value: [] } as const;
const optional = <T, U>(observed: Observed<T>, read: (value: T) => U, what: string): Observed<U> =>
  observed.ok ? { ok: true, value: read(observed.value) } : { ...observed, why: 'excluded', message: `${what}: ${observed.message}` };

/**
 * Those that wait for discovery. kubernetes/kubernetes, pkg/controller/namespace/deletion/namespaced_resources_deleter.go and
 * status_condition_utils.go, v1.37.2: the message names each group version that failed.
 */
const stuckNamespaces = (namespaces: readonly Conditioned[]): readonly StuckNamespace[] =>
  namespaces.flatMap(({ metadata, status }) => {
    const failed = status?.conditions?.find(({ type, status }) => type === 'NamespaceDeletionDiscoveryFailure' && status === 'True');
    if (!failed) return [];
    return [{ name: metadata?.name ?? '', since: new Date(metadata?.deletionTimestamp ?? 0), text: failed.message ?? '' }];
  });

const metricsApis = ['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io'];
/** kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go, v1.37.2. */
const reasons: Readonly<Record<string, string>> = {
  FailedGetResourceMetric: 'metrics.k8s.io',
  FailedGetContainerResourceMetric: 'metrics.k8s.io',
  FailedGetPodsMetric: 'custom.metrics.k8s.io',
  FailedGetObjectMetric: 'custom.metrics.k8s.io',
  FailedGetExternalMetric: 'external.metrics.k8s.io',
};
/** Without the API itself; a missing request for CPU is no matter of it. */
const unserved = /unable to handle the request|could not find the requested resource|no matches for kind|unable to fetch metrics from/;

const autoscalersWithoutMetrics = (scalers: readonly Conditioned[]): readonly AutoscalerWithoutMetrics[] =>
  scalers.flatMap(({ metadata, status }) => {
    const inactive = status?.conditions?.find(({ type, status }) => type === 'ScalingActive' && status === 'False');
    const api = reasons[inactive?.reason ?? ''];
    if (!inactive || !api || !unserved.test(inactive.message ?? '')) return [];
    return [{ name: `${metadata?.namespace}/${metadata?.name}`, api, text: inactive.message ?? '' }];
  });
