/** Who is at the addresses behind a Service, however they came there. Whatever of it may be read: without it nobody is suspected. */
import { apiPath } from '../../api-path.ts';
import type { ApiService, Ask, Backend, BackendEndpoint, BackendEndpoints, BackendPod } from '../../model.ts';
import { list } from '../shared/kubernetes.ts';
import { readService } from './backend.ts';
import { readSlices } from './backend-endpoints.ts';
import { readPods } from './pods.ts';
import { podObject, readPod } from './read-pod.ts';
import { readServices } from './service.ts';

export interface Behind {
  readonly backend: Backend | null;
  readonly endpoints: BackendEndpoints | null;
  readonly pods: readonly BackendPod[];
}
type ServiceName = Pick<ApiService['service'], 'namespace' | 'name'>;

/** Looks at the Service where nobody did, at the Service of the cluster that an ExternalName leads to, and for the Pods of addresses that name none. */
export async function lookBehind(ask: Ask, asked: ServiceName, seen: Behind): Promise<Behind> {
  const own = seen.backend ? seen : await readBehind(ask, asked);
  const next = serviceIn(own.backend?.service?.externalName ?? null);
  const behind = next ? await readBehind(ask, next) : own;
  return withPods(ask, behind);
}

async function readBehind(ask: Ask, asked: ServiceName): Promise<Behind> {
  const found = [...(await readServices(ask, [asked])).values()][0];
  const service = found?.service.ok ? found.service.value : null;
  const pods = service ? await readPods(ask, asked.namespace, service) : null;
  return {
    backend: service && { namespace: 'unknown', service: readService(service), others: null },
    endpoints: found?.slices.ok ? readSlices(found.slices.value) : null,
    pods: pods?.ok ? pods.value : [],
  };
}

/** The Service that a name of the cluster's DNS stands for (https://github.com/kubernetes/dns, docs/specification.md); null: it is none. */
function serviceIn(host: string | null): ServiceName | null {
  const [, name, namespace] = /^([^.]+)\.([^.]+)\.svc(?:\.|$)/.exec(host ?? '') ?? [];
  return name && namespace ? { namespace, name } : null;
}

/** So many addresses are looked up: one tells who answers, where all do alike. */
const most = 3;

/** The Pods whose address a manually managed EndpointSlice names. On a node's address there are several, and none of them is meant. */
async function withPods(ask: Ask, { backend, endpoints, pods }: Behind): Promise<Behind> {
  const bare = (endpoints?.addresses ?? []).filter(({ ready, pod }) => ready && pod === null).slice(0, most);
  if (!endpoints || pods.length > 0 || bare.length === 0) return { backend, endpoints, pods };
  const at = new Map(await Promise.all(bare.map(async ({ address }) => [address, await podsAt(ask, address)] as const)));
  const named = (one: BackendEndpoint): BackendEndpoint => ({ ...one, pod: one.pod ?? at.get(one.address)?.[0]?.name ?? null });
  return { backend, endpoints: { ...endpoints, addresses: endpoints.addresses.map(named) }, pods: [...at.values()].flat() };
}

async function podsAt(ask: Ask, address: string): Promise<readonly BackendPod[]> {
  const found = await list(ask, apiPath`/api/v1/pods?fieldSelector=${`status.podIP=${address}`}`, podObject);
  const pods = found.ok ? found.value.map((one) => readPod(one, one.metadata?.namespace ?? '')) : [];
  return pods.filter(({ ip }) => ip === address);
}
