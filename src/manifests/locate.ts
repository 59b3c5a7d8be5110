/** An object and a field of it → the file and the line. Pure. */
import { isMap, isScalar, isSeq, LineCounter, type Node } from 'yaml';
import type { ManifestObject, Place } from '../model.ts';
import { yamlDocuments } from '../yaml.ts';
import { nameOf } from './name.ts';

/** Characters of a document whose lines are counted: the parser takes some seconds for them. */
const longest = 4 * 1024 * 1024;

/** `APIService NAME` or `Service NAMESPACE/NAME` in the files; any other place as it is. Of a field that is not there, what it would be in. */
export function located(at: Place, manifests: readonly ManifestObject[]): Place {
  if (!('object' in at)) return at;
  const found = manifests.find((one) => nameOf(one) === at.object);
  if (!found) return at;
  const { file, document, line, path } = found.from;
  const lines = new LineCounter();
  const [parsed] = yamlDocuments(document, { limit: longest, lines });
  const offset = offsetOf(parsed?.contents ?? null, [...path, ...segmentsOf(at.field ?? 'kind')]);
  return { file, line: offset === null ? line : line + lines.linePos(offset).line - 1 };
}

/** `spec.ports[0].targetPort` or `metadata.annotations[a.b/c]`. */
const segmentsOf = (field: string): readonly (string | number)[] =>
  [...field.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, inside]) =>
    inside === undefined ? whole : /^\d+$/.test(inside) ? Number(inside) : inside,
  );

/** Of the key or item that the path leads to, as far as it leads. */
function offsetOf(root: unknown, path: readonly (string | number)[]): number | null {
  let node = root as Node | null;
  let offset = node?.range?.[0] ?? null;
  for (const segment of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value as Node | null;
    } else if (isSeq(node) && typeof segment === 'number') {
      node = (node.items[segment] as Node | undefined) ?? null;
      offset = node?.range?.[0] ?? offset;
    } else break;
  }
  return offset;
}
