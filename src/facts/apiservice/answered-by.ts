import { hostPort } from '../../format.ts';
import type {
  AnsweredBy,
  ApiService,
  Backend,
  BackendEndpoints,
  BackendPod,
  Failure,
  FailureKind,
  Observed,
  Serving,
} from '../../model.ts';
import { isMeshName } from '../../products/sidecars/index.ts';
import { fact, maybe } from '../engine/declare.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { backend } from './backend.ts';
import { backendEndpoints } from './backend-endpoints.ts';
import { backendPods } from './backend-pods.ts';
import { failure } from './failure.ts';
import { type Behind, lookBehind } from './look-behind.ts';
import { serving } from './serving.ts';

/** null: nothing tells that it is anybody but the extension server. */
export const answeredBy = fact({
  name: 'answeredBy',
  of: apiservice,
  needs: {
    failure,
    backend: maybe(backend),
    endpoints: maybe(backendEndpoints),
    pods: maybe(backendPods),
    serving: maybe(serving),
  },
  read: async ({ failure, backend, endpoints, pods, serving }, ask, one): Promise<Observed<AnsweredBy | null>> => {
    if (!failure || !isAnswer(failure)) return nobodyLooked;
    const seen = {
      backend: backend.ok ? backend.value : null,
      endpoints: endpoints.ok ? endpoints.value : null,
      pods: pods.ok ? (pods.value ?? []) : [],
      serving: serving.ok ? serving.value : null,
    };
    // Behind a server that answers 401 or 403 nobody has looked yet.
    return { ok: true, value: whoAnswers(one, failure, { ...seen, ...(await lookBehind(ask, one.service, seen)) }) };
  },
});

interface Seen extends Behind {
  readonly serving: Serving | null;
}

/** Failures in which somebody answered. */
const answers: readonly FailureKind[] = [
  'not-found',
  'rejected',
  'anonymous',
  'bad-request',
  'bad-status',
  'no-certificate',
  'not-https',
  'rejects-client-ca',
];

const isAnswer = ({ inTransition, ofCertificate, signature }: Failure): boolean =>
  !inTransition && (ofCertificate || answers.includes(signature));

/** https://kubernetes.io/docs/reference/networking/ports-and-protocols/: a node's port, whatever its pods listen on. */
const kubeletPort = 10250;
/** Proxies that listen in the place of the server beside them and end TLS, so that no client certificate reaches it. */
const proxies = /^(?:kube-rbac-proxy|oauth2?-proxy|nginx|haproxy|envoy|ghostunnel)(?:-|$)/;

/** By the port, the certificate or the container. */
const whoAnswers = (service: ApiService, failure: Failure, behind: Seen): AnsweredBy | null =>
  kubeletAt(service, behind) ?? presentedBy(failure, behind) ?? sidecarAt(service, behind);

/** Every ready address is a node's, at the kubelet's port. */
function kubeletAt(service: ApiService, { backend, endpoints, pods }: Seen): AnsweredBy | null {
  const ready = portsOf(service, backend, endpoints);
  const isNodes = ({ pod, node }: (typeof ready)[number]) =>
    pods.some(({ name, onNodeAddress }) => name === pod && onNodeAddress) || /^fargate-/.test(node ?? '');
  const [first] = ready;
  if (!first || !ready.every((one) => one.port === kubeletPort && isNodes(one))) return null;
  const own = pods.find(({ name }) => name === first.pod);
  const node = first.node ?? own?.node;
  return {
    who: 'kubelet',
    address: hostPort(first.address, kubeletPort),
    container: null,
    pod: first.pod,
    evidence: `${own ? `Pod ${own.namespace}/${own.name}` : 'its pod'} has the address of its node${node ? ` ${node}` : ''}, on which the kubelet listens on port ${kubeletPort}`,
  };
}
function portsOf({ service: { port } }: ApiService, backend: Backend | null, endpoints: BackendEndpoints | null) {
  const portName = backend?.service?.ports.find((one) => one.port === port)?.name ?? '';
  return (endpoints?.addresses ?? [])
    .filter(({ ready }) => ready)
    .map((one) => ({ ...one, port: one.ports.find(({ name }) => name === portName)?.port ?? null }));
}

/** A kubelet's certificate names its node (kubernetes/kubernetes, pkg/kubelet/certificate/kubelet.go, v1.37.2), a mesh's proxy the workload's identity. */
function presentedBy({ text }: Failure, { endpoints, pods, serving }: Seen): AnsweredBy | null {
  const leaf = serving?.from === 'handshake' ? serving.chain[0] : undefined;
  const nodes = (endpoints?.addresses ?? []).flatMap(({ node }) => node ?? []);
  const named = { address: null, pod: pods[0]?.name ?? null };
  const ofNode = leaf && (leaf.commonName.startsWith('system:node:') || nodes.includes(leaf.commonName.split('@')[0] ?? ''));
  if (ofNode) return { who: 'kubelet', ...named, container: null, evidence: `the kubelet's certificate is presented: ${leaf.subject}` };
  const identity = [...(leaf?.names ?? []), ...(/certificate is valid for (.*), not /.exec(text)?.[1]?.split(', ') ?? [])].find(isMeshName);
  const container = proxyBefore(pods);
  return identity ? { who: 'mesh', ...named, container, evidence: `the certificate is a service mesh's: it is for ${identity}` } : null;
}
const proxyBefore = (pods: readonly BackendPod[]) => pods.flatMap(({ meshProxy }) => meshProxy ?? [])[0] ?? null;

/** The container that declares the Service's port is a proxy, and the pod has another. */
function sidecarAt(service: ApiService, { backend, endpoints, pods }: Seen): AnsweredBy | null {
  const declared = backend?.service?.ports.find((one) => one.port === service.service.port)?.targetPort;
  // Without a selector the EndpointSlice tells the port.
  const target = backend?.service?.selector ? declared : (portsOf(service, backend, endpoints)[0]?.port ?? declared);
  const found = pods.flatMap((pod) =>
    pod.containers.flatMap((container) => {
      const own = container.ports.find((one) => one.port === target || (one.name !== '' && one.name === target));
      return own && pod.containers.length > 1 && proxies.test(container.name) ? [{ pod, container, own }] : [];
    }),
  )[0];
  if (!found) return null;
  const { pod, container, own } = found;
  return {
    who: 'sidecar',
    address: pod.ip ? hostPort(pod.ip, own.port) : null,
    container: container.name,
    pod: pod.name,
    evidence: `Pod ${pod.namespace}/${pod.name}: container ${container.name} declares port ${own.port}, to which the Service forwards`,
  };
}
