import { fact } from '../engine/declare.ts';
import { readUid } from '../sources.ts';

/** What tells clusters apart: the UID of namespace kube-system; null: not known. */
export const uid = fact({ name: 'uid', internal: true, read: async (_, ask) => ({ ok: true, value: await readUid(ask) }) });
