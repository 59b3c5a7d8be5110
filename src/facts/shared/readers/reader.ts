/** What a reader of flags is: one way in which a kube-apiserver is started on this node, and what of it can be read. */
import type { Answer, Ask, Observed, Place } from '../../../model.ts';
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

/** The text of a file; null when it is absent, a directory, or not in the snapshot. */
export async function readText(ask: Ask, path: string): Promise<Observed<string | null>> {
  const answer = await ask({ kind: 'file', path });
  if (!answer.ok) return answer.why === 'excluded' ? { ok: true, value: null } : answer;
  return textOf(path, answer.value);
}
/** The text of what is at a path; null when there is no file. */
export function textOf(path: string, found: Answer['file']): Observed<string | null> {
  if (found.is === 'binary') return { ok: false, why: 'malformed', message: `${path} is not text in UTF-8: save it as UTF-8` };
  return { ok: true, value: found.is === 'text' ? found.text : null };
}

/** The names in a folder; none when it cannot be read. */
export async function readNames(ask: Ask, path: string): Promise<readonly string[]> {
  const answer = await ask({ kind: 'dir', path });
  return answer.ok && answer.value.is === 'directory' ? answer.value.entries : [];
}
