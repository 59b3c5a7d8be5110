/** kube-apiserver with flags that a distribution sets by itself. */
import type { Flags, Place } from '../../../model.ts';
import type { Manifest, Word } from '../read-manifest.ts';
import { onNode } from './reader.ts';

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
