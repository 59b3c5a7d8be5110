/** The start of a pod in sentences, from its status and events, and whether waiting can help. Pure. */

/** The fields of v1 Pod that matter. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly reason?: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}
interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state?: {
    readonly waiting?: { readonly reason?: string; readonly message?: string };
    readonly running?: object;
    readonly terminated?: { readonly reason?: string; readonly exitCode?: number; readonly message?: string };
  };
}
/** The fields of v1 Event that matter. */
export interface PodEvent {
  readonly reason?: string;
  readonly message?: string;
  readonly involvedObject?: { readonly kind?: string; readonly name?: string; readonly fieldPath?: string };
}

const containerOf = ({ involvedObject }: PodEvent) => /\{(.*)\}/.exec(involvedObject?.fieldPath ?? '')?.[1] ?? 'its container';

/** Sentences without a full stop, in order; the same state gives the same sentence, so that each is printed once. */
export function sayings(pods: readonly Pod[], events: readonly PodEvent[]): readonly string[] {
  const names = pods.map(({ metadata }) => metadata.name);
  const own = events.filter(({ involvedObject }) => involvedObject?.kind === 'Pod' && names.includes(involvedObject.name ?? ''));
  const told = own.flatMap((event) => {
    const { reason, message = '' } = event;
    switch (reason) {
      case 'Scheduled':
        return [`pod ${event.involvedObject?.name} is scheduled${/ to (\S+)$/.exec(message)?.[0] ?? ''}`];
      case 'Pulling':
        return [`kubelet pulls the image of container ${containerOf(event)}`];
      case 'Started':
        return [`container ${containerOf(event)} is started`];
      case 'FailedScheduling':
      case 'FailedMount':
      case 'FailedCreatePodSandBox':
        return [`${reason}: ${message}`];
      default:
        return [];
    }
  });
  const waiting = pods.flatMap(({ status }) => (status?.containerStatuses ?? []).flatMap(trouble));
  return [...told, ...waiting];
}

function trouble({ name, state }: ContainerStatus): string[] {
  const { reason = '', message = '' } = state?.waiting ?? {};
  if (['', 'ContainerCreating', 'PodInitializing'].includes(reason)) return [];
  // The message of a back-off repeats what was printed before.
  return [`container ${name} waits: ${reason}${message && !reason.endsWith('BackOff') ? `, ${message}` : ''}`];
}

/** Reasons for which kubelet will never start the container. */
const final: readonly string[] = ['ErrImageNeverPull', 'InvalidImageName'];
/** A container that exited this often will exit again. */
const RESTARTS = 3;

/** Why the pod is not ready, in Kubernetes' own words; `inVain`: waiting cannot help. */
// biome-ignore lint/suspicious/noExplicitAny: a Deployment as JSON.
export function notReady(deployment: any, pods: readonly Pod[]): { readonly why: string; readonly inVain: boolean } {
  const statuses = pods.flatMap(({ status }) => status?.containerStatuses ?? []);
  const broken = statuses.filter(({ state, ready }) => !ready && (state?.waiting || state?.terminated));
  const [worst] = broken;
  if (worst) {
    const { reason = 'it exited' } = worst.state?.waiting ?? worst.state?.terminated ?? {};
    const hopeless = final.includes(reason) || (reason === 'CrashLoopBackOff' && worst.restartCount >= RESTARTS);
    return { why: `container ${worst.name}, ${reason}`, inVain: hopeless };
  }
  const failure = deployment?.status?.conditions?.find((one: { type: string }) => one.type === 'ReplicaFailure');
  if (pods.length === 0) return { why: failure?.message ?? 'the Deployment has no pod', inVain: false };
  const unscheduled = pods
    .flatMap(({ status }) => status?.conditions ?? [])
    .find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled) return { why: `it is not scheduled: ${unscheduled.message ?? unscheduled.reason ?? ''}`, inVain: false };
  const unready = statuses.filter(({ ready }) => !ready).map(({ name }) => name);
  return {
    why: unready.length > 0 ? `container ${unready.join(', ')} runs but is not ready` : 'its containers are being created',
    inVain: false,
  };
}
