/** Pods → what of them tells why they do not serve. Pure. */
import type { BackendContainer, BackendPod, ContainerState } from '../../model.ts';
import type { KubernetesObject } from '../shared/kubernetes.ts';
import { type Mounting, servingSecret } from './serving-secret.ts';

interface StateObject {
  readonly running?: { readonly startedAt?: string };
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly reason?: string; readonly message?: string; readonly exitCode?: number; readonly finishedAt?: string };
}
interface ContainerObject {
  readonly volumeMounts?: readonly { readonly name?: string; readonly mountPath?: string }[];
  readonly name?: string;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly resources?: { readonly limits?: { readonly memory?: string } };
  readonly ports?: readonly { readonly name?: string; readonly containerPort?: number }[];
  readonly readinessProbe?: {
    readonly httpGet?: { readonly scheme?: string; readonly path?: string; readonly port?: number | string };
  };
}
interface StatusObject {
  readonly name?: string;
  readonly ready?: boolean;
  readonly restartCount?: number;
  readonly state?: StateObject;
  readonly lastState?: StateObject;
}
export interface PodObject extends KubernetesObject {
  readonly metadata?: KubernetesObject['metadata'] & {
    readonly ownerReferences?: readonly { readonly kind?: string; readonly name?: string; readonly controller?: boolean }[];
  };
  readonly spec?: Mounting & {
    readonly nodeName?: string;
    readonly hostNetwork?: boolean;
    readonly serviceAccountName?: string;
    readonly automountServiceAccountToken?: boolean;
    readonly containers?: readonly ContainerObject[];
    readonly initContainers?: readonly ContainerObject[];
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
    readonly containerStatuses?: readonly StatusObject[];
    readonly initContainerStatuses?: readonly StatusObject[];
  };
}
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
    memoryLimit: resources?.limits?.memory ?? null,
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
