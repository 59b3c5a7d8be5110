/** Which pods behind a Service are not ready, and why. */

import type { BackendContainer, BackendEvent, BackendPod, ContainerState, Failure, FailureKind } from '../../model.ts';

/** Failures in which nothing behind the Service answered kube-apiserver. */
const silent: readonly FailureKind[] = ['no-endpoints', 'connection-refused', 'timeout'];

/** Whether nothing answers: then the Service, its addresses or its pods may be the reason. */
export const isSilent = (failure: Failure | null): failure is Failure =>
  failure !== null && !failure.inTransition && silent.includes(failure.signature);

/** The pods if none is ready, without those being deleted; [] if one is ready. */
export const unready = (failure: Failure | null, pods: readonly BackendPod[] | null): readonly BackendPod[] =>
  isSilent(failure) && pods && !pods.some(({ ready }) => ready) ? pods.filter(({ deleting }) => !deleting) : [];

type Moment = BackendPod['createdAt'];
type Cause = 'image' | 'crashes' | 'unschedulable' | 'cannot-start' | 'not-ready';
/** Why a pod is not ready, and the container that causes it (null: none yet). */
export interface Unready {
  readonly pod: BackendPod;
  readonly cause: Cause;
  readonly container: BackendContainer | null;
}

const images =
  /^(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|ImageInspectError|RegistryUnavailable|SignatureValidationFailed)$/;
const failedStarts = /^(?:CreateContainerConfigError|CreateContainerError|RunContainerError|PreCreateHookError|PostStartHookError)$/;
/** Why the runtime ended it: containerd v2.3.7, internal/cri/server/helpers.go (errorStartReason), and Docker. Its program never ran. */
const neverRan = /^(?:StartError|ContainerCannotRun)$/;
/** A pod this young is still starting, milliseconds. */
const patience = 30_000;
/** A container that ended and runs again for less than kubelet's longest back-off has not recovered. */
const backOff = 300_000;

/** One cause for each pod: the first thing that kubelet or the scheduler waits for. null: it is still starting. */
function causeOf(pod: BackendPod, now: Moment): Unready | null {
  const because = (cause: Cause, container: BackendContainer | null = null): Unready => ({ pod, cause, container });
  const age = now.getTime() - pod.createdAt.getTime();
  const containers = [...pod.initContainers, ...pod.containers].filter(({ ready, state }) => !ready && state.exitCode !== 0);
  const waits = (reasons: RegExp) => containers.find(({ state }) => state.is === 'waiting' && reasons.test(state.reason));
  const pulling = waits(images);
  if (pulling) return because('image', pulling);
  // Other containers may exit because of it.
  const broken = containers.find((container) => endWithoutStart(container) !== null) ?? waits(failedStarts);
  if (broken) return because('cannot-start', broken);
  const ended = containers.find((one) => keepsEnding(one, now)) ?? pod.containers.find((one) => isBriefly(one, now));
  if (ended) return because('crashes', ended);
  if (pod.node === null && pod.phase === 'Pending') {
    const told = pod.conditions.some(({ type, status }) => type === 'PodScheduled' && status === 'False');
    return told || age > patience ? because('unschedulable') : null;
  }
  if (pod.phase === 'Pending') return age > patience ? because('cannot-start') : null;
  return age > patience ? because('not-ready', containers.find(({ state }) => state.is === 'running') ?? null) : null;
}

/** The runtime's latest report that it cannot start the container, whatever kubelet shows now; null: it can, or has not tried. */
export function endWithoutStart({ state, last }: BackendContainer): ContainerState | null {
  const end = state.is === 'terminated' ? state : last;
  return state.is !== 'running' && end !== null && neverRan.test(end.reason) ? end : null;
}

/** It exited more than once and now runs, ready because it has no probe, for a shorter time than kubelet may need to see its next exit. */
const isBriefly = ({ ready, state, last, restarts }: BackendContainer, now: Moment): boolean =>
  ready && last !== null && last.exitCode !== 0 && restarts > 1 && now.getTime() - (state.since?.getTime() ?? 0) < patience;

export function keepsEnding({ state, last }: BackendContainer, now: Moment): boolean {
  if (state.is === 'waiting') return state.reason === 'CrashLoopBackOff';
  if (state.is === 'terminated') return true;
  return state.is === 'running' && last !== null && now.getTime() - (state.since?.getTime() ?? 0) < backOff;
}

/** The pods with one cause. */
export const causedBy = (cause: Cause, pods: readonly BackendPod[], now: Moment): readonly [Unready, ...Unready[]] | null => {
  const [first, ...more] = pods.flatMap((pod) => {
    const found = causeOf(pod, now);
    return found?.cause === cause ? [found] : [];
  });
  return first ? [first, ...more] : null;
};

/** The newest Warning event about a pod. */
export const eventOf = (pod: BackendPod, events: readonly BackendEvent[] | null | undefined, reason?: RegExp): BackendEvent | undefined =>
  events?.find((event) => event.object === `Pod/${pod.name}` && (!reason || reason.test(event.reason)));
