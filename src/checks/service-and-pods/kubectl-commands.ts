/** kubectl commands for the workload that creates a pod. */
import type { BackendPod, Command, Fix } from '../../model.ts';
import { sh } from '../../sh.ts';

/** The workload that creates the pod, as a kubectl argument: a Deployment by the name of its ReplicaSet; null for a pod without an owner. */
export function workloadOf({ owner, labels }: BackendPod): string | null {
  if (!owner) return null;
  const [kind = '', name = ''] = owner.split('/');
  const hash = labels['pod-template-hash'];
  if (kind === 'ReplicaSet' && hash && name.endsWith(`-${hash}`)) return `deployment/${name.slice(0, -hash.length - 1)}`;
  return `${kind.toLowerCase()}/${name}`;
}

/** Replaces a pod; of one that nobody makes again it asks for no deletion. */
export const replace = (pod: BackendPod | undefined): readonly Command[] =>
  pod?.owner ? [sh`kubectl -n ${pod.namespace} delete pod ${pod.name}    # its workload makes a new one`] : [];
/** Editing the workload of a pod, or the pod itself. */
export const editOf = (pod: BackendPod): NonNullable<Fix['edits']> => ({
  of: 'workload',
  commands: [sh`kubectl -n ${pod.namespace} edit ${workloadOf(pod) ?? `pod/${pod.name}`}`],
});
