/** The address that kube-apiserver dials for an APIService, and who has to let it through. */

import { list } from '../../format.ts';
import type { ApiService, BackendPod, Dial, EgressSelector, Failure, FailureKind, Observed, Proxied, Serving } from '../../model.ts';

/** An APIService that fails for a reason of this name, and not only for a moment. */
export const failsBy = (failure: Failure | null, signature: FailureKind): failure is Failure =>
  failure !== null && !failure.inTransition && failure.signature === signature;

/** `host:port` as the text names it; null: it names none. */
function dialled({ available }: ApiService, { text }: Failure): string | null {
  return (
    /dial tcp (\S+:\d+):/.exec(text)?.[1] ??
    (available?.status === 'True' ? null : /https:\/\/([^/]+)\/apis\//.exec(available?.message ?? '')?.[1]) ??
    null
  );
}

/** In words: the address, or the Service where no text tells it. */
export const target = (apiService: ApiService, failure: Failure): string => {
  const { namespace, name, port } = apiService.service;
  const address = dialled(apiService, failure);
  return address ? `\`${address}\` (Service \`${namespace}/${name}\`)` : `Service \`${namespace}/${name}\`, port ${port}`;
};

interface Detours {
  readonly egressSelector: readonly { readonly observed: Observed<EgressSelector | null> }[];
  readonly proxied: readonly { readonly observed: Observed<Proxied | null> }[];
}
/** Whether kube-apiserver goes by a tunnel or a proxy: then a connection from its node shows nothing of its own way. */
const isIndirect = ({ egressSelector, proxied }: Detours): boolean =>
  egressSelector.some(({ observed }) => observed.ok && observed.value !== null) ||
  proxied.some(({ observed }) => observed.ok && (observed.value?.through.length ?? 0) > 0);
/** Whether the tunnel has no socket: that is the cause, and has a check of its own. */
export const withoutTunnel = ({ egressSelector }: Pick<Detours, 'egressSelector'>): boolean =>
  egressSelector.some(({ observed }) => observed.ok && (observed.value?.sockets ?? []).some(({ is }) => is !== 'present'));

/** What this node shows of a way on which kube-apiserver gets no answer. */
export interface OwnWay {
  readonly is: 'open' | 'closed' | 'unknown';
  /** Those that are dialled as kube-apiserver does, and one of the other kind that answers. */
  readonly own: readonly Dial[];
  readonly other: Dial | undefined;
}
export function ownWay(
  apiService: ApiService,
  failure: Failure,
  { dials: all, ...detours }: Detours & { readonly dials: readonly Dial[] | null },
): OwnWay {
  const dials = isIndirect(detours) ? [] : (all ?? []);
  const address = dialled(apiService, failure);
  const to = dials.find((one) => (address === null ? one.to !== 'pod' : one.address === address))?.to;
  const own = dials.filter((one) => one.to === to);
  const other = dials.find((one) => one.to !== to && one.connected);
  if (own.length === 0) return { is: 'unknown', own, other: undefined };
  if (own.every(({ connected }) => connected)) return { is: 'open', own, other };
  return { is: own.some(({ connected }) => connected) ? 'unknown' : 'closed', own, other };
}

/** What was tried from this node, as evidence. */
export const tried = (dials: readonly Dial[] | null | undefined): readonly string[] =>
  (dials ?? []).map(
    ({ to, address, connected, happened }) => `from this node ${to} ${address}: ${connected ? 'TCP and TLS come to their end' : happened}`,
  );

/** Proxies that a service mesh puts into pods. */
const meshes: readonly string[] = ['istio-proxy', 'linkerd-proxy', 'kuma-sidecar', 'consul-dataplane', 'envoy-sidecar'];
/** As evidence, and only as a candidate. */
export function meshed(pods: readonly BackendPod[] | null | undefined): readonly string[] {
  const proxies = (pods ?? []).flatMap(({ name, containers }) =>
    containers.flatMap((container) => (meshes.includes(container.name) ? [`${container.name} in ${name}`] : [])),
  );
  return proxies.length > 0
    ? [`may be the service mesh: ${list(proxies, { most: 2 })} takes the pod's connections, and kube-apiserver is not in the mesh`]
    : [];
}

/** What a tunnel through kubelet shows: it takes another way than kube-apiserver does. */
export const forwarded = (serving: Serving | null | undefined): readonly string[] =>
  serving && 'probe' in serving.at && serving.at.probe.includes('port-forward')
    ? [`${serving.at.probe}: it answers, so that it runs; the way that kube-apiserver takes to it is blocked, or it is slow`]
    : [];
