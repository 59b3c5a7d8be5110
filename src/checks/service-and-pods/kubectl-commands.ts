/** Commands of kubectl for what makes a pod. */
import type { BackendPod } from '../../model.ts';

/** What makes the pod, as kubectl takes it: a Deployment by the name of its ReplicaSet; null for a pod that somebody made by hand. */
export function workloadOf({ owner, labels }: BackendPod): string | null {
  if (!owner) return null;
  const [kind = '', name = ''] = owner.split('/');
  const hash = labels['pod-template-hash'];
  if (kind === 'ReplicaSet' && hash && name.endsWith(`-${hash}`)) return `deployment/${name.slice(0, -hash.length - 1)}`;
  return `${kind.toLowerCase()}/${name}`;
}

/** The command that edits what makes a pod, or the pod itself. */
export const editCommand = (pod: BackendPod): string => `kubectl -n ${pod.namespace} edit ${workloadOf(pod) ?? `pod/${pod.name}`}`;
