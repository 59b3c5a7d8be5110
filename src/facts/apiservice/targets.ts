/** The addresses that kube-apiserver may dial for an APIService, and the name that it expects there. Pure. */
import type { ApiService, Backend, BackendEndpoint, Dial } from '../../model.ts';
import type { BackendFacts } from './backend-facts.ts';

/** How many addresses are dialled besides the ClusterIP: a server that has more is on every node. */
const mostPods = 16;

/** The name that kube-apiserver expects, whatever it dials (kube-aggregator, pkg/apiserver/handler_proxy.go, v0.37.2). */
export const serverNameOf = ({ service: { namespace, name } }: Pick<ApiService, 'service'>): string => `${name}.${namespace}.svc`;

export type Target = Pick<Dial, 'to' | 'pod'> & { readonly host: string; readonly port: number };
/**
 * As kube-apiserver resolves a Service, without aggregator routing and with it: then it takes any ready address of the Service's first IP
 * family, and of another family only where that has none (k8s.io/apiserver, pkg/util/proxy/proxy.go, v0.37.2).
 */
export function targetsOf(
  { service: { port } }: Pick<ApiService, 'service'>,
  { service }: Pick<Backend, 'service'>,
  { backendEndpoints }: Pick<BackendFacts, 'backendEndpoints'>,
): readonly Target[] {
  if (service?.type === 'ExternalName')
    return service.externalName ? [{ to: 'externalName', pod: null, host: service.externalName, port }] : [];
  const { clusterIP } = service ?? {};
  const portName = service?.ports.find((one) => one.port === port)?.name ?? '';
  const ready = (backendEndpoints.ok ? (backendEndpoints.value?.addresses ?? []) : []).filter((one) => one.ready);
  const all = ready.flatMap((one): Target[] => {
    const own = portOf(one, portName);
    return own === null ? [] : [{ to: 'pod', pod: one.pod, host: one.address, port: own }];
  });
  const preferred = all.filter(({ host }) => host.includes(':') === (service?.ipFamilies[0] === 'IPv6'));
  const pods = preferred.length > 0 ? preferred : all;
  const distinct = pods.filter(({ host, port }, index) => pods.findIndex((other) => other.host === host && other.port === port) === index);
  const virtual: readonly Target[] = clusterIP && clusterIP !== 'None' ? [{ to: 'ClusterIP', pod: null, host: clusterIP, port }] : [];
  return [...virtual, ...distinct.slice(0, mostPods)];
}
export const portOf = ({ ports }: BackendEndpoint, portName: string) => ports.find(({ name }) => name === portName)?.port ?? null;
