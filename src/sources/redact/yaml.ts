/** YAML with the place of every value: one value can be replaced, and all other text and every line number stays as it was. */
import { type Document, isAlias, isMap, isScalar, isSeq, type Node as YamlNode } from 'yaml';
import { yamlDocuments } from '../../yaml.ts';
import { removed } from './names.ts';
import { emptied } from './pem.ts';
import { redactText } from './text.ts';
import type { Change, Node } from './tree.ts';

/** What a YAML text holds. `taken`: the places of all keys and values; a comment lies between them. */
export interface Yaml {
  /** Whether the text is YAML, and each document of it a map or a list. */
  readonly complete: boolean;
  readonly roots: readonly Node[];
  readonly taken: readonly (readonly [number, number])[];
}

/** Aliases that are followed in one text; one with more is treated as a text that cannot be read. */
const mostAliases = 200;

/** Reads all documents of a text, or what can be read of them; null when nothing can. */
export function parseYaml(text: string): Yaml | null {
  try {
    return read(text);
  } catch {
    // Whatever the package says about it, the text is no YAML that can be judged.
    return null;
  }
}

function read(text: string): Yaml {
  const documents = yamlDocuments(text);
  const taken: [number, number][] = [];
  const roots: Node[] = [];
  let aliases = 0;
  const convert = (node: unknown, document: Document): Node | null => {
    if (isAlias(node)) {
      if (++aliases > mostAliases) throw new RangeError(`more than ${mostAliases} aliases`);
      return convert(node.resolve(document), document);
    }
    if (isMap(node)) {
      const entries = node.items.flatMap(({ key, value }): [string, Node][] => {
        const name = isScalar(key) ? String(key.value) : '';
        place(key);
        const child = convert(value, document);
        if (child === null) return [];
        return name === '<<' && child.is === 'map' ? [...child.entries.map((entry): [string, Node] => [...entry])] : [[name, child]];
      });
      return { is: 'map', entries };
    }
    if (isSeq(node)) return { is: 'list', items: node.items.map((item) => convert(item, document)).filter((item) => item !== null) };
    if (!isScalar(node) || !node.range) return null;
    place(node);
    const [start, end] = node.range;
    const value = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return start === end ? null : { is: 'scalar', value, start, end };
  };
  const place = (node: unknown): void => {
    const range = (node as YamlNode | null)?.range;
    if (range) taken.push([range[0], range[1]]);
  };
  let complete = true;
  for (const document of documents) {
    const root = convert(document.contents, document);
    if (root !== null && root.is !== 'scalar') roots.push(root);
    complete &&= document.errors.length === 0 && root?.is !== 'scalar';
  }
  return { complete: complete && roots.length > 0, roots, taken: taken.sort((a, b) => a[0] - b[0]) };
}

/** The new text of a scalar in the style in which it is written, with as many lines as before. */
export function writeYaml(text: string, { scalar, value }: Change): string {
  const raw = text.slice(scalar.start, scalar.end);
  if (/^[|>]/.test(raw)) return writeBlock(raw, scalar.value, value);
  const quote = /^["']/.exec(raw)?.[0] ?? '';
  const closed = quote === '' || (raw.length > 1 && raw.endsWith(quote));
  const cleaned = quote + redactText(raw.slice(quote.length, raw.length - quote.length)) + quote;
  if (closed && squash(cleaned) === squash(quote + value + quote)) return cleaned;
  if (/[\r\n]/.test(raw)) return removed + emptied(raw);
  return value === removed ? removed : JSON.stringify(value);
}

function writeBlock(raw: string, before: string, after: string): string {
  const parts = raw.split(/(\r?\n)/);
  const header = parts.slice(0, 2).join('');
  const body = raw.slice(header.length);
  if (raw.startsWith('>')) {
    const cleaned = redactText(body);
    if (squash(cleaned) === squash(after)) return header + cleaned;
  }
  const was = before.split('\n');
  const is = after.split('\n');
  const first = was.findIndex((line) => line.trim() !== '');
  const shown = parts[2 + 2 * first] ?? '';
  if (raw.startsWith('>') || was.length !== is.length || !shown.endsWith(was[first] ?? '')) return header + removedBlock(parts.slice(2));
  const margin = shown.slice(0, shown.length - (was[first] ?? '').length);
  for (const [i, line] of is.entries()) if (line !== was[i]) parts[2 + 2 * i] = line === '' ? '' : margin + line;
  return parts.join('');
}

function removedBlock(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '');
  return lines.map((line, i) => (i === first ? /^ */.exec(line)?.[0] + removed : line.replace(/[^\r\n]+/, ''))).join('');
}

/** Folding and indentation change white space only. */
const squash = (text: string): string => text.replace(/\s+/g, '');
