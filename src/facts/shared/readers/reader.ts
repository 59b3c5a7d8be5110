/** What a reader of flags is: one way in which a kube-apiserver is started on this node, and what of it can be read. */
import type { Ask, Observed, Place } from '../../../model.ts';
import type { Manifest, VolumeMount } from '../read-manifest.ts';

/** Makes the place of a line in a file of this node. */
export type At = (file: string, line?: number) => Place;
/** Asks at once for all that it can. null: nothing here starts kube-apiserver in this way. */
export type Reader = (ask: Ask, at: Promise<At>) => Promise<Observed<Manifest | null>>;

/** A process on the node sees the node's files under their own names. */
const ownFiles: readonly VolumeMount[] = [{ mountPath: '/', subPath: '', hostPath: '/' }];
/** What a process of the node has in common with a Pod that runs as root. */
export const onNode = {
  podName: '',
  workload: null,
  image: '',
  kubeadm: false,
  environment: {},
  mounts: ownFiles,
  process: { uid: 0, gids: [0] },
} as const;

/** The text of a file; null when it is absent, no text, or not in the snapshot. */
export async function readText(ask: Ask, path: string): Promise<Observed<string | null>> {
  const answer = await ask({ kind: 'file', path });
  if (!answer.ok) return answer.why === 'excluded' ? { ok: true, value: null } : answer;
  return { ok: true, value: answer.value.is === 'text' ? answer.value.text : null };
}

/** The names in a folder; none when it cannot be read. */
export async function readNames(ask: Ask, path: string): Promise<readonly string[]> {
  const answer = await ask({ kind: 'dir', path });
  return answer.ok && answer.value.is === 'directory' ? answer.value.entries : [];
}
