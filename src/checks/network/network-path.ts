/** The address that kube-apiserver dials for an APIService, and what is on the network path to it. */

import { list } from '../../format.ts';
import type {
  ApiService,
  Backend,
  BackendPod,
  Dial,
  EgressSelector,
  Failure,
  FailureKind,
  Observed,
  Proxied,
  Route,
  Serving,
} from '../../model.ts';
import type { Product } from '../../products/product.ts';
import { numberIn } from '../service-and-pods/target-port.ts';

/** An APIService that fails with this signature, and not only during a transition. */
export const failsBy = (failure: Failure | null, signature: FailureKind): failure is Failure =>
  failure !== null && !failure.inTransition && failure.signature === signature;

/** The address as text, or the Service if no message shows it. */
export const target = ({ service: { namespace, name, port } }: ApiService, { address }: Failure): string =>
  address ? `\`${address}\` (Service \`${namespace}/${name}\`)` : `Service \`${namespace}/${name}\`, port ${port}`;
/** The aspect of a problem: whether a proxy may be between. */
export const routeUnknown = 'route-unknown';
export const routeOf = ({ isDirect }: Failure) => (isDirect ? {} : { aspect: routeUnknown });

interface Detours {
  readonly egressSelector: readonly { readonly observed: Observed<EgressSelector | null> }[];
  readonly proxied: readonly { readonly observed: Observed<Proxied | null> }[];
}
/** Whether kube-apiserver connects through a tunnel or a proxy: then a connection from its node does not test its route. */
const isIndirect = ({ egressSelector, proxied }: Detours): boolean =>
  egressSelector.some(({ observed }) => observed.ok && observed.value?.cluster) ||
  proxied.some(({ observed }) => observed.ok && (observed.value?.through.length ?? 0) > 0);
/** Whether the tunnel has no socket: that is the cause and has its own check. */
export const withoutTunnel = ({ egressSelector }: Pick<Detours, 'egressSelector'>): boolean =>
  egressSelector.some(({ observed }) => observed.ok && (observed.value?.sockets ?? []).some(({ is }) => is !== 'present'));

/** What connections from this node show about a route on which kube-apiserver gets no answer. */
export interface NodePath {
  readonly is: 'open' | 'closed' | 'unknown';
  /** The addresses of the kind that kube-apiserver dials, and one of the other kind that answers. */
  readonly own: readonly Dial[];
  readonly other: Dial | undefined;
}
export function nodePath(failure: Failure, { dials: all, ...detours }: Detours & { readonly dials: readonly Dial[] | null }): NodePath {
  const dials = isIndirect(detours) ? [] : (all ?? []);
  const { address } = failure;
  const to = dials.find((one) => (address === null ? one.to !== 'pod' : one.address === address))?.to;
  const own = dials.filter((one) => one.to === to);
  const other = dials.find((one) => one.to !== to && one.connected);
  if (own.length === 0) return { is: 'unknown', own, other: undefined };
  if (own.every(({ connected }) => connected)) return { is: 'open', own, other };
  return { is: own.some(({ connected }) => connected) ? 'unknown' : 'closed', own, other };
}

/** The number of the pods' port behind the Service; where no pod is visible, by its targetPort or its product, else the name of its targetPort. */
export function podPort(
  { service }: ApiService,
  { address }: Failure,
  {
    backend,
    backendPods,
    route,
    product,
  }: {
    backend?: Backend | null | undefined;
    backendPods?: readonly BackendPod[] | null | undefined;
    route?: Route | null | undefined;
    product?: Product | null | undefined;
  },
): number | string {
  const dialled = route?.to === 'pod' ? address?.split(':').at(-1) : undefined;
  if (dialled) return Number(dialled);
  const port = backend?.service?.ports.find((one) => one.port === service.port);
  const [pod] = backendPods ?? [];
  return (
    (port && pod && numberIn(pod, port)) ??
    (typeof port?.targetPort === 'number' ? port.targetPort : product?.port) ??
    port?.targetPort ??
    service.port
  );
}

/** The connections tried from this node, as evidence. */
export const tried = (dials: readonly Dial[] | null | undefined): readonly string[] =>
  (dials ?? []).map(
    ({ to, address, connected, happened, from }) =>
      `from ${from === undefined ? 'this node' : `node ${from}`} ${to} ${address}: ${connected ? 'TCP and TLS handshakes complete' : happened}`,
  );

/** As evidence; a mesh is only a possible cause. */
export function meshed(pods: readonly BackendPod[] | null | undefined): readonly string[] {
  const proxies = (pods ?? []).flatMap(({ name, meshProxy }) => (meshProxy ? [`${meshProxy} in ${name}`] : []));
  return proxies.length > 0
    ? [`a service mesh proxy, ${list(proxies, { most: 2 })}, accepts the pod's connections; kube-apiserver is not in the mesh`]
    : [];
}

/** What a tunnel through kubelet shows: its route differs from kube-apiserver's. */
export const forwarded = (serving: Serving | null | undefined): readonly string[] =>
  serving && 'probe' in serving.at && serving.at.probe.includes('port-forward')
    ? [`${serving.at.probe}: it answers, so it runs; kube-apiserver's route to it is blocked, or it is slow`]
    : [];
