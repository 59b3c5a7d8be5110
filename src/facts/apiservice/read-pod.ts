/** Pods → what of them tells why they do not serve. Pure. */
import { boolean, type Decoded, intOrString, list, number, object, string, time } from '../../decode.ts';
import type { BackendContainer, BackendPod, ContainerState } from '../../model.ts';
import { meshProxyOf } from '../../products/sidecars/index.ts';
import { metadata } from '../shared/kubernetes.ts';
import { mountingContainer, servingSecret, volumes } from './serving-secret.ts';

const stateObject = object({
  running: object({ startedAt: time }),
  waiting: object({ reason: string, message: string }),
  terminated: object({ reason: string, message: string, exitCode: number, finishedAt: time }),
});
type StateObject = Decoded<typeof stateObject>;
const containerObject = object({
  ...mountingContainer,
  name: string,
  image: string,
  resources: object({ limits: object({ memory: intOrString }) }),
  ports: list(object({ name: string, containerPort: number })),
  readinessProbe: object({ httpGet: object({ scheme: string, path: string, port: intOrString }) }),
});
type ContainerObject = Decoded<typeof containerObject>;
const statusObject = object({ name: string, ready: boolean, restartCount: number, state: stateObject, lastState: stateObject });
type StatusObject = Decoded<typeof statusObject>;
export const podObject = object({
  metadata: object(metadata),
  spec: object({
    volumes,
    nodeName: string,
    hostNetwork: boolean,
    serviceAccountName: string,
    automountServiceAccountToken: boolean,
    containers: list(containerObject),
    initContainers: list(containerObject),
  }),
  status: object({
    phase: string,
    reason: string,
    message: string,
    podIP: string,
    hostIP: string,
    conditions: list(object({ type: string, status: string, reason: string, message: string })),
    containerStatuses: list(statusObject),
    initContainerStatuses: list(statusObject),
  }),
});
type PodObject = Decoded<typeof podObject>;
export function readPod({ metadata, spec = {}, status = {} }: PodObject, namespace: string): BackendPod {
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
    onNodeAddress: spec.hostNetwork === true || (status.podIP !== undefined && status.podIP === status.hostIP),
    meshProxy: meshProxyOf(
      [...(spec.containers ?? []), ...(spec.initContainers ?? [])].flatMap(({ name }) => name ?? []),
      Object.keys(metadata?.annotations ?? {}),
    ),
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
    initContainers: (spec.initContainers ?? []).map((container) => readContainer(container, status.initContainerStatuses ?? [])),
  };
}

function readContainer(
  { name = '', image = '', command, args, ports, resources, readinessProbe }: ContainerObject,
  all: readonly StatusObject[],
): BackendContainer {
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
    memoryLimit: resources?.limits?.memory?.toString() ?? null,
    last: status?.lastState && Object.keys(status.lastState).length > 0 ? readState(status.lastState) : null,
    readiness: probe ? { scheme: probe.scheme ?? 'HTTP', path: probe.path ?? '/', port: probe.port ?? '' } : null,
  };
}
function readState(state: StateObject = {}): ContainerState {
  const { running, waiting, terminated } = state;
  const is = running ? 'running' : waiting ? 'waiting' : terminated ? 'terminated' : 'unknown';
  const told = waiting ?? terminated;
  const since = running?.startedAt ?? terminated?.finishedAt;
  return {
    is,
    reason: told?.reason ?? '',
    message: told?.message ?? '',
    exitCode: terminated?.exitCode ?? null,
    since: since ? new Date(since) : null,
  };
}
