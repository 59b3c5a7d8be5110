/**
 * YAML as anybody may write it. The parser takes minutes for some texts of a megabyte, and ends the process for a line of brackets, so what it
 * gets is bounded first.
 */
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments, parseDocument, visit, YAMLParseError } from 'yaml';
import { parseJson } from './decode.ts';

const KiB = 1024;
/** Brackets within brackets; Kubernetes nests objects some twenty deep. */
const deepest = 100;
/** `- - - x` or `? ? x` on one line. */
const mostIndicators = 20;
const mostDocuments = 100;
/** `a: b: c` on one line that is no JSON. */
const mostKeys = 200;

export interface YamlOptions {
  /** Characters; the default is 256 KiB. */
  readonly limit?: number;
  /** Told where the lines begin. */
  readonly lines?: LineCounter;
  /** Whether `<<` merges, as in the YAML that kubectl reads. */
  readonly merge?: boolean;
}

/** Its documents, at least one. A text that is refused is one empty document with that error; a key that is there twice is an error, too. Never throws. */
export function yamlDocuments(
  text: string,
  { limit = 256 * KiB, lines = new LineCounter(), merge = false }: YamlOptions = {},
): readonly Document[] {
  const refused = refusalOf(text, limit);
  if (refused) return [withError(parseDocument(''), refused)];
  const options = { stringKeys: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent', lineCounter: lines, merge } as const;
  try {
    const documents: readonly Document[] = [parseAllDocuments(text, options)].flat();
    for (const document of documents) refuseTwins(document);
    return documents.length > 0 ? documents : [parseDocument('')];
  } catch (error) {
    return [withError(parseDocument(''), (error as Error).message)];
  }
}

/** The first error of a document, and its place. */
export function yamlError({ errors: [fault] }: Document, lines: LineCounter): string | null {
  if (!fault) return null;
  const { line, col } = lines.linePos(fault.pos[0]);
  return line > 0 ? `${fault.message} at line ${line}, column ${col}` : fault.message;
}

/** Its plain value; undefined where it has errors or aliases that multiply without end. */
export function yamlValue(document: Document): unknown {
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

/** The same document with what each alias stands for in its place: nodes, each with its own place in the text. Gives why it cannot. */
export function resolveAliases(document: Document): string | null {
  if (document.errors.length === 0 && yamlValue(document) === undefined) return 'its aliases multiply without end';
  visit(document, { Alias: (_, alias) => alias.resolve(document) });
  return null;
}

const withError = (document: Document, reason: string): Document => {
  document.errors.push(new YAMLParseError([0, 0], 'IMPOSSIBLE', reason));
  return document;
};

function refusalOf(text: string, limit: number): string | null {
  if (text.length > limit) return `it is longer than ${limit / KiB} KiB`;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > deepest) return `it is nested more than ${deepest} levels deep`;
  }
  let documents = 0;
  let json: boolean | undefined;
  for (const line of text.split('\n')) {
    if (line.startsWith('---')) documents += 1;
    const [indicators = ''] = /^(?:[-?:] +)*/.exec(line.trimStart()) ?? [];
    if (indicators.replaceAll(' ', '').length > mostIndicators) return `it is nested more than ${mostIndicators} levels deep on one line`;
    if (line.split(': ').length <= mostKeys) continue;
    json ??= parseJson(text) !== undefined;
    if (!json) return `it has more than ${mostKeys} keys on one line`;
  }
  return documents > mostDocuments ? `it holds more than ${mostDocuments} documents` : null;
}

/** The parser compares each key with each other one. */
function refuseTwins(document: Document): void {
  visit(document, {
    Map(_, map) {
      if (!isMap(map)) return;
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        const name = isScalar(key) ? key.value : key;
        if (seen.has(name) && name !== '<<')
          document.errors.push(new YAMLParseError([(isScalar(key) && key.range?.[0]) || 0, 0], 'DUPLICATE_KEY', 'Map keys must be unique'));
        seen.add(name);
      }
    },
  });
}

/** Where something stands in a document: keys of mappings, positions in sequences. */
type YamlPath = readonly (string | number)[];
export type ReadYaml =
  /** `lineOf`: the line of the last part of the path that is there. */
  | { readonly ok: true; readonly value: unknown; readonly lineOf: (path: YamlPath) => number }
  | { readonly ok: false; readonly line: number; readonly problem: string };

/** The value of a text that is to hold one document, and the line of each of its parts. */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const lineAt = (offset: number | undefined) => Math.max(1, lines.linePos(offset ?? 0).line);
  const [document = parseDocument(''), ...more] = yamlDocuments(text, { lines });
  const [fault] = document.errors;
  if (fault) return { ok: false, line: lineAt(fault.pos[0]), problem: fault.message };
  if (more.length > 0) return { ok: false, line: lineAt(more[0]?.range?.[0]), problem: 'it holds more than one document' };
  const value = yamlValue(document);
  if (value === undefined) return { ok: false, line: 1, problem: 'its aliases multiply without end' };
  const lineOf = (path: YamlPath): number => {
    let [node, offset]: [unknown, number | undefined] = [document.contents, document.contents?.range?.[0]];
    for (const part of path) {
      const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined;
      const next: unknown = isSeq(node) ? node.items[Number(part)] : pair?.value;
      const found = pair ? pair.key : next;
      if (!isNode(found)) break;
      [node, offset] = [next, found.range?.[0]];
    }
    return lineAt(offset);
  };
  return { ok: true, value, lineOf };
}
