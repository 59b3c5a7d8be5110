/** The files of configuration that flags name beside the front proxy's: they decide whether kube-apiserver starts. */

import type { Ask, Flags, Observed, Place } from '../../model.ts';
import { yamlDocuments, yamlValue } from '../../yaml.ts';
import { hostPathOf, type VolumeMount } from '../shared/read-manifest.ts';
import { textOf } from '../shared/readers/reader.ts';

interface Configuration {
  readonly at: Place;
  /** In the container. */
  readonly path: string;
  /** undefined: there is none. */
  readonly text: string | undefined;
}
/** The file that a flag names; null when the flag is not set. */
export async function configuration(
  ask: Ask,
  flags: Flags,
  name: string,
  mounts: readonly VolumeMount[],
): Promise<Observed<Configuration | null>> {
  const flag = flags.byName[name];
  if (!flag?.value) return { ok: true, value: null };
  const hostPath = hostPathOf(flag.value, mounts);
  if (hostPath === null) return { ok: true, value: { at: flag.at, path: flag.value, text: undefined } };
  const answer = await ask({ kind: 'file', path: hostPath });
  if (!answer.ok) return answer;
  const found = textOf(hostPath, answer.value);
  if (!found.ok) return found;
  const text = found.value ?? undefined;
  const node = 'node' in flags.at && flags.at.node ? { node: flags.at.node } : {};
  return { ok: true, value: { at: text === undefined ? flag.at : { file: hostPath, ...node }, path: flag.value, text } };
}

/** null: it is not YAML, or no object. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  const [document, ...others] = yamlDocuments(text);
  const value = document && others.length === 0 ? yamlValue(document) : null;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}
