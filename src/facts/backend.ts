/** Service, EndpointSlices and pods behind an APIService → facts. Asked once for each Service, however many APIServices it serves. */
import type {
  ApiService,
  Ask,
  Backend,
  BackendContainer,
  BackendEndpoints,
  BackendPod,
  BackendService,
  ContainerState,
  Observed,
} from '../model.ts';
import { get, type KubernetesObject, list } from './kubernetes.ts';
import { map } from './observed.ts';
import { type Mounting, servingSecret } from './serving-secret.ts';

export interface BackendFacts {
  readonly backend: Observed<Backend>;
  readonly backendEndpoints: Observed<BackendEndpoints>;
  readonly backendPods: Observed<readonly BackendPod[]>;
}

/** Asks for the Service, its slices and its namespace, and in the wave after it for the pods that the Service selects. */
export async function readBackend(
  [first, second]: readonly [Ask, Ask],
  { namespace, name }: Pick<ApiService['service'], 'namespace' | 'name'>,
): Promise<BackendFacts> {
  const selector = `labelSelector=kubernetes.io%2Fservice-name%3D${encodeURIComponent(name)}`;
  const [service, slices, around] = await Promise.all([
    get<ServiceObject>(first, `/api/v1/namespaces/${namespace}/services/${name}`),
    list<SliceObject>(first, `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?${selector}`),
    get<KubernetesObject>(first, `/api/v1/namespaces/${namespace}`),
  ]);
  const selected = service.ok ? Object.entries(service.value?.spec?.selector ?? {}) : [];
  const labels = encodeURIComponent(selected.map(([key, value]) => `${key}=${value}`).join(','));
  const pods: Observed<readonly PodObject[]> =
    selected.length > 0
      ? await list<PodObject>(second, `/api/v1/namespaces/${namespace}/pods?labelSelector=${labels}`)
      : service.ok
        ? { ok: true, value: [] }
        : service;
  const backend = map(
    service,
    (object): Backend => ({
      namespace: around.ok ? stateOf(around.value) : 'unknown',
      service: object && readService(object),
    }),
  );
  return {
    backend,
    backendEndpoints: map(slices, readSlices),
    backendPods: map(pods, (all) => all.map((pod) => readPod(pod, namespace))),
  };
}

const stateOf = (namespace: KubernetesObject | null) => {
  if (!namespace) return 'absent';
  return namespace.metadata?.deletionTimestamp ? 'terminating' : 'active';
};

interface ServiceObject extends KubernetesObject {
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly externalName?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly { readonly name?: string; readonly port?: number; readonly targetPort?: number | string }[];
    readonly internalTrafficPolicy?: string;
    readonly ipFamilies?: readonly string[];
  };
}
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

interface SliceObject extends KubernetesObject {
  readonly endpoints?:
    | readonly {
        readonly addresses?: readonly string[];
        readonly conditions?: { readonly ready?: boolean };
        readonly nodeName?: string;
        readonly targetRef?: { readonly kind?: string; readonly name?: string };
      }[]
    | null;
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null;
}
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

interface StateObject {
  readonly running?: object;
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly reason?: string; readonly message?: string; readonly exitCode?: number };
}
interface PodObject extends KubernetesObject {
  readonly metadata?: KubernetesObject['metadata'] & {
    readonly ownerReferences?: readonly { readonly kind?: string; readonly name?: string; readonly controller?: boolean }[];
  };
  readonly spec?: Mounting & {
    readonly nodeName?: string;
    readonly hostNetwork?: boolean;
    readonly serviceAccountName?: string;
    readonly automountServiceAccountToken?: boolean;
    readonly containers?: readonly {
      readonly volumeMounts?: readonly { readonly name?: string; readonly mountPath?: string }[];
      readonly name?: string;
      readonly image?: string;
      readonly command?: readonly string[];
      readonly args?: readonly string[];
      readonly ports?: readonly { readonly name?: string; readonly containerPort?: number }[];
      readonly readinessProbe?: {
        readonly httpGet?: { readonly scheme?: string; readonly path?: string; readonly port?: number | string };
      };
    }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly podIP?: string;
    readonly conditions?: readonly {
      readonly type?: string;
      readonly status?: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly {
      readonly name?: string;
      readonly ready?: boolean;
      readonly restartCount?: number;
      readonly state?: StateObject;
      readonly lastState?: StateObject;
    }[];
  };
}
function readPod({ metadata, spec = {}, status = {} }: PodObject, namespace: string): BackendPod {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  const conditions = (status.conditions ?? []).map(({ type = '', status = '', reason = '', message = '' }) => ({
    type,
    status,
    reason,
    message,
  }));
  return {
    name: metadata?.name ?? '',
    namespace,
    node: spec.nodeName ?? null,
    ip: status.podIP ?? null,
    hostNetwork: spec.hostNetwork ?? false,
    serviceAccount: spec.serviceAccountName ?? 'default',
    servingSecret: servingSecret(spec),
    withoutToken: spec.automountServiceAccountToken === false,
    labels: metadata?.labels ?? {},
    owner: owner ? `${owner.kind}/${owner.name}` : null,
    createdAt: new Date(metadata?.creationTimestamp ?? 0),
    deleting: metadata?.deletionTimestamp !== undefined,
    phase: status.phase ?? 'Unknown',
    reason: status.reason ?? '',
    message: status.message ?? '',
    ready: conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
    conditions,
    containers: (spec.containers ?? []).map((container) => readContainer(container, status.containerStatuses ?? [])),
  };
}

type Spec = NonNullable<NonNullable<PodObject['spec']>['containers']>[number];
type Status = NonNullable<NonNullable<PodObject['status']>['containerStatuses']>[number];
function readContainer({ name = '', image = '', command, args, ports, readinessProbe }: Spec, all: readonly Status[]): BackendContainer {
  const status = all.find((one) => one.name === name);
  const probe = readinessProbe?.httpGet;
  return {
    name,
    image,
    words: [...(command ?? []), ...(args ?? [])],
    ports: (ports ?? []).map(({ name = '', containerPort = 0 }) => ({ name, port: containerPort })),
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    state: readState(status?.state),
    last: status?.lastState && Object.keys(status.lastState).length > 0 ? readState(status.lastState) : null,
    readiness: probe ? { scheme: probe.scheme ?? 'HTTP', path: probe.path ?? '/', port: probe.port ?? '' } : null,
  };
}
function readState(state: StateObject = {}): ContainerState {
  const { running, waiting, terminated } = state;
  const is = running ? 'running' : waiting ? 'waiting' : terminated ? 'terminated' : 'unknown';
  const told = waiting ?? terminated;
  return { is, reason: told?.reason ?? '', message: told?.message ?? '', exitCode: terminated?.exitCode ?? null };
}
