/** kube-apiserver with flags that a distribution sets by itself. */
import { isMap, LineCounter, type YAMLMap } from 'yaml';
import type { Flags, Observed, Place } from '../../../model.ts';
import { resolveAliases, yamlDocuments, yamlError } from '../../../yaml.ts';
import type { Manifest, Word } from '../read-manifest.ts';
import { onNode } from './reader.ts';

/** The distribution's configuration, and the line of each node; a program that starts with no YAML does not start. null: it holds nothing. */
export function configurationIn(
  text: string,
  path: string,
  program: string,
): Observed<{ readonly map: YAMLMap; readonly lineOf: (start: number | undefined) => number } | null> {
  const lines = new LineCounter();
  const [document] = yamlDocuments(text, { lines });
  const broken = document && (yamlError(document, lines) ?? resolveAliases(document));
  if (broken) return { ok: false, why: 'malformed', message: `${path}, from which ${program} reads its flags, is not YAML: ${broken}` };
  const map = document?.contents;
  return { ok: true, value: isMap(map) ? { map: map as YAMLMap, lineOf: (start = 0) => lines.linePos(start).line } : null };
}

/** What a distribution sets, what its configuration changes of that, and the file where it would. */
interface Known {
  readonly own: ReadonlyMap<string, string>;
  /** How the distribution's own flags are called. */
  readonly inside: string;
  readonly changed?: ReadonlyMap<string, Word>;
  readonly configuration?: Place | null;
}

export function builtIn(origin: Flags['origin'], { own, inside, changed = new Map(), configuration }: Known): Manifest {
  const unchanged = [...own].filter(([name]) => !changed.has(name)).map(([name, text]) => [name, { text, at: { probe: inside } }] as const);
  const words = [...unchanged, ...changed].map(([name, { text, at }]) => ({ text: `--${name}=${text}`, at }));
  return { ...onNode, origin, at: [...changed.values()].at(-1)?.at ?? configuration ?? { probe: inside }, arguments: words };
}
