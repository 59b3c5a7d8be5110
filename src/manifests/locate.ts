/** An object and a field of it → the file and the line. Pure. */
import { isMap, isScalar, isSeq, LineCounter, type Node } from 'yaml';
import type { ManifestObject, Place } from '../model.ts';
import { yamlDocuments } from '../yaml.ts';
import { nameOf } from './name.ts';

/** Characters of a document whose lines are counted: the parser takes some seconds for them. */
const longest = 4 * 1024 * 1024;

/**
 * What turns `APIService NAME` or `Service NAMESPACE/NAME` into its file and line; any other place stays as it is. Of a field that is not there,
 * what it would be in. A document is parsed once, and only if something is found in it.
 */
export function locator(manifests: readonly ManifestObject[]): (at: Place) => Place {
  const byName = new Map(manifests.toReversed().map((one) => [nameOf(one), one.from]));
  const parsed = new Map<string, (path: readonly (string | number)[]) => number | null>();
  const linesIn = (document: string) => {
    const known = parsed.get(document) ?? lineFinder(document);
    parsed.set(document, known);
    return known;
  };
  return (at) => {
    const from = 'object' in at ? byName.get(at.object) : undefined;
    if (!from || !('object' in at)) return at;
    const { file, document, line, path } = from;
    return { file, line: line + (linesIn(document)([...path, ...segmentsOf(at.field ?? 'kind')]) ?? 0) };
  };
}

/** How many lines of the document are before what a path leads to; null: it cannot be parsed. */
function lineFinder(document: string): (path: readonly (string | number)[]) => number | null {
  const lines = new LineCounter();
  const [parsed] = yamlDocuments(document, { limit: longest, lines });
  return (path) => {
    const offset = offsetOf(parsed?.contents ?? null, path);
    return offset === null ? null : lines.linePos(offset).line - 1;
  };
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
      // Of twins the last counts.
      const pair = node.items.findLast(({ key }) => isScalar(key) && String(key.value) === String(segment));
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
