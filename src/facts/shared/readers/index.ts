/** Where a node's kube-apiserver is looked for. */
import type { Ask, Unavailable } from '../../../model.ts';
import { type At, readText } from './reader.ts';

export const notHere: Unavailable = {
  ok: false,
  why: 'excluded',
  onNode: true,
  message: "kube-apiserver's manifest and certificate files: on a control-plane node, run sudo aggctl doctor",
};

/** Makes the places of a node: with its name, where that is visible. */
export async function hostname(ask: Ask): Promise<At> {
  const name = await readText(ask, '/etc/hostname');
  const node = name.ok && name.value !== null ? name.value.trim() : undefined;
  return (file, line) => ({ file, ...(line && { line }), ...(node && { node }) });
}
