/** Service, EndpointSlices and pods behind an APIService → facts. Asked once for each Service, however many APIServices it serves. */
import type { Ask, Backend, BackendEndpoints, BackendPod, BackendService, Observed } from '../model.ts';
import { type PodObject, readPod } from './backend-pods.ts';
import { notInTrouble, readTrouble, type Trouble } from './backend-trouble.ts';
import { get, type KubernetesObject, list } from './kubernetes.ts';
import { because, map } from './observed.ts';
import type { ServiceAndSlices, ServiceName, ServiceObject, SliceObject } from './services.ts';

export interface BackendFacts extends Trouble {
  readonly backend: Observed<Backend>;
  readonly backendEndpoints: Observed<BackendEndpoints>;
  readonly backendPods: Observed<readonly BackendPod[]>;
}

/**
 * Asks for the Service, its slices and its namespace; in the wave after it for the pods that the Service selects, or for the other Services
 * where it does not exist; and in the third for the reason why none of the pods is ready.
 */
export async function readBackend(
  [first, second, third]: readonly [Ask, Ask, Ask],
  { namespace, name }: ServiceName,
  { read, now }: { readonly read: (service: ServiceName) => Promise<ServiceAndSlices>; readonly now: Date },
): Promise<BackendFacts> {
  const [{ service, slices }, around] = await Promise.all([
    read({ namespace, name }),
    get<KubernetesObject>(first, `/api/v1/namespaces/${namespace}`),
  ]);
  const selected = service.ok ? Object.entries(service.value?.spec?.selector ?? {}) : [];
  const labels = encodeURIComponent(selected.map(([key, value]) => `${key}=${value}`).join(','));
  const pods: Observed<readonly PodObject[]> =
    selected.length > 0
      ? await list<PodObject>(second, `/api/v1/namespaces/${namespace}/pods?labelSelector=${labels}`)
      : service.ok
        ? { ok: true, value: [] }
        : because('backend');
  const isThere = !around.ok || around.value !== null;
  const others =
    service.ok && !service.value && isThere ? await list<ServiceObject>(second, `/api/v1/namespaces/${namespace}/services`) : null;
  const backend = map(
    service,
    (object): Backend => ({
      namespace: around.ok ? stateOf(around.value) : 'unknown',
      service: object && readService(object),
      others: others?.ok ? others.value.map(readName) : null,
    }),
  );
  const backendPods = map(pods, (all) => all.map((pod) => readPod(pod, namespace)));
  const inTrouble = selected.length > 0 && backendPods.ok && !backendPods.value.some(({ ready }) => ready);
  return {
    backend,
    backendEndpoints: map(slices, readSlices),
    backendPods,
    ...(inTrouble ? await readTrouble(third, namespace, backendPods.value, now) : notInTrouble),
  };
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

function readSlices(slices: readonly SliceObject[]): BackendEndpoints {
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
