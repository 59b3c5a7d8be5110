/** Service, EndpointSlices and pods behind an APIService. */
import type { Ask, Backend, BackendEndpoints, BackendPod, BackendService, Observed } from '../model.ts';
import { type PodObject, readPod } from './apiservice/read-pod.ts';
import type { ServiceObject, SliceObject } from './services.ts';
import { type KubernetesObject, list } from './shared/kubernetes.ts';
import { map } from './shared/observed.ts';

/** What lies behind an APIService. */
export interface BackendFacts {
  readonly backend: Observed<Backend>;
  readonly backendEndpoints: Observed<BackendEndpoints>;
  readonly backendPods: Observed<readonly BackendPod[]>;
}

/** The Service and its namespace, where that is visible. */
export const readBackend = (
  service: Observed<ServiceObject | null>,
  namespace: Observed<KubernetesObject | null>,
  others: Backend['others'],
): Observed<Backend> =>
  map(service, (object) => ({
    namespace: namespace.ok ? stateOf(namespace.value) : 'unknown',
    service: object && readService(object),
    others,
  }));

/** The Services of a namespace; null: they may not be listed. */
export async function readOthers(ask: Ask, namespace: string): Promise<Backend['others']> {
  const all = await list<ServiceObject>(ask, `/api/v1/namespaces/${namespace}/services`);
  return all.ok ? all.value.map(readName) : null;
}

const selectorOf = (service: ServiceObject | null) => Object.entries(service?.spec?.selector ?? {});
/** Whether it selects pods by itself. */
export const hasSelector = (service: ServiceObject | null): boolean => selectorOf(service).length > 0;
/** The pods that the Service selects. */
export async function readPods(ask: Ask, namespace: string, service: ServiceObject | null): Promise<Observed<readonly BackendPod[]>> {
  if (!hasSelector(service)) return { ok: true, value: [] };
  const labels = encodeURIComponent(
    selectorOf(service)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  );
  const pods = await list<PodObject>(ask, `/api/v1/namespaces/${namespace}/pods?labelSelector=${labels}`);
  return map(pods, (all) => all.map((pod) => readPod(pod, namespace)));
}

const readName = ({ metadata, spec }: ServiceObject) => ({
  name: metadata?.name ?? '',
  ports: (spec?.ports ?? []).map(({ port = 0 }) => port),
});

const stateOf = (namespace: KubernetesObject | null) => {
  if (!namespace) return 'absent';
  return namespace.metadata?.deletionTimestamp ? 'terminating' : 'active';
};

const readService = ({ metadata, spec = {} }: ServiceObject): BackendService => ({
  type: spec.type ?? 'ClusterIP',
  clusterIP: spec.clusterIP || null,
  externalName: spec.externalName || null,
  ports: (spec.ports ?? []).map(({ name = '', port = 0, targetPort = port }) => ({ name, port, targetPort })),
  selector: spec.selector && Object.keys(spec.selector).length > 0 ? spec.selector : null,
  internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster',
  ipFamilies: spec.ipFamilies ?? [],
  deleting: metadata?.deletionTimestamp !== undefined,
});

/** The addresses of the slices. */
export function readSlices(slices: readonly SliceObject[]): BackendEndpoints {
  const portsOf = ({ ports }: SliceObject) => (ports ?? []).map(({ name = '', port = null }) => ({ name, port }));
  return {
    slices: slices.map(({ metadata }) => metadata?.name ?? ''),
    addresses: slices.flatMap((slice) =>
      (slice.endpoints ?? []).flatMap(({ addresses, conditions, nodeName, targetRef }) =>
        (addresses ?? []).map((address) => ({
          slice: slice.metadata?.name ?? '',
          address,
          // Not said counts as ready: k8s.io/api, discovery/v1/types.go (EndpointConditions).
          ready: conditions?.ready ?? true,
          node: nodeName ?? null,
          pod: targetRef?.kind === 'Pod' ? (targetRef.name ?? null) : null,
          ports: portsOf(slice),
        })),
      ),
    ),
    portNames: [...new Set(slices.flatMap(portsOf).map(({ name }) => name))],
  };
}
