import { apiPath } from '../../api-path.ts';
import type { Ask } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { get, kubernetesObject } from '../shared/kubernetes.ts';

/** What tells clusters apart: the UID of namespace kube-system; null: not known. */
export const uid = fact({ name: 'uid', internal: true, read: async (_, ask) => ({ ok: true, value: await readUid(ask) }) });

/** The sentence that says so when namespaces kube-system have different UIDs; what is not known (null) proves nothing. */
export function differentUids(uids: readonly (string | null)[]): string | null {
  const known = [...new Set(uids.filter((uid) => uid !== null))];
  return known.length > 1
    ? `the snapshots come from ${known.length} clusters: the UIDs of namespace kube-system are ${known.join(', ')}`
    : null;
}

export async function readUid(ask: Ask): Promise<string | null> {
  const namespace = await get(ask, apiPath`/api/v1/namespaces/kube-system`, kubernetesObject);
  return (namespace.ok && namespace.value?.metadata?.uid) || null;
}
