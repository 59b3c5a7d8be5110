/** Private keys and secrets stop here: what the live source does to every text before anything else sees it. */
import type { Observed } from '../model.ts';
import { parseJson } from './redact/json.ts';
import { redactLines } from './redact/lines.ts';
import { removed, secretName } from './redact/names.ts';
import { emptied } from './redact/pem.ts';
import { settle } from './redact/settle.ts';
import { redactText } from './redact/text.ts';
import { type Change, findSecrets, type Node } from './redact/tree.ts';
import { parseYaml, writeYaml, type Yaml } from './redact/yaml.ts';

export { redactText } from './redact/text.ts';

const deepest = 4;
const secretFile = /(?:^|[-_./])(?:token|password|passwd|passphrase|secret)s?(?:\.(?:txt|csv))?$/i;
/** What all services of a node may be given; of it aggctl needs to know the proxy. */
const environmentOfServices = /^\/etc\/environment$/;
const proxyVariable = /^[ \t]*(?:export[ \t]+)?\w+_proxy[ \t]*=/i;
const mentionsObjects = /\b(?:env|annotations|stringData)\\*["']?\s*:|kind\\*["']?\s*:\s*\\*["']?Secret/;
const mentionsSecrets = new RegExp(`${secretName}\\\\*["']?\\s*:`, 'i');

/**
 * A file's text without secrets. `path` is the file's on its node: a file that is nothing but a token is emptied, a log is no document.
 * With nothing to hide the text is returned as it is. Line numbers never move, and applying it twice is the same as once.
 * Throws where a document cannot be searched: use `withoutSecrets`.
 */
export function redactFile(path: string, text: string): string {
  if (secretFile.test(path)) return withoutLines(text, () => true);
  if (environmentOfServices.test(path)) return redactLines(withoutLines(text, (line) => !proxyVariable.test(line)));
  if (/\.log(?:\.[\w.-]+)?$|^\/var\/log\//.test(path)) return redactText(text);
  return redactDocument(text, '', 0);
}

/** The same for an answer of the API. `path` and query are those of the request: logs are no documents, and Secrets need not say their kind. */
export function redactApi(path: string, text: string): string {
  const [resource = ''] = path.split('?');
  if (resource.endsWith('/log')) return redactText(text);
  const kind = /\/secrets(?:\/|$)/.test(resource) ? 'Secret' : '';
  return /^\s*[{[]/.test(text) ? redactDocument(text, kind, 0) : redactLines(text);
}

/** What `redact` gives; `what` is malformed where it throws, for then nobody can tell what of it is secret. */
export function withoutSecrets(what: string, redact: () => string): Observed<string> {
  try {
    return { ok: true, value: redact() };
  } catch {
    return {
      ok: false,
      why: 'malformed',
      message: `${what} cannot be searched for secrets, so aggctl does not read it: check what it holds.`,
    };
  }
}

/** Without the lines that hold something and that `isSecret` takes. */
const withoutLines = (text: string, isSecret: (line: string) => boolean): string =>
  text.replace(/[^\r\n]+/g, (line) => (line.trim() !== '' && isSecret(line) ? removed : line));

const redactDocument = (text: string, kind: string, depth: number): string => settle(text, (one) => redactOnce(one, kind, depth));

function redactOnce(text: string, kind: string, depth: number): string {
  // A list of many objects holds the same values many times, a caBundle among them.
  const known = new Map<string, string>();
  const clean = (value: string): string => {
    const cleaned = known.get(value) ?? (depth < deepest && isDocument(value) ? redactDocument(value, '', depth + 1) : redactText(value));
    known.set(value, cleaned);
    return cleaned;
  };
  const find = (root: Node): Change[] => [...findSecrets(root, clean, kind).values()];
  const json = /^\s*[{[]/.test(text) ? parseJson(text) : null;
  if (json?.root && json.end === text.length) return replaced(text, jsonPieces(find(json.root)));
  const yaml = text.includes(':') ? parseYaml(text) : null;
  const asYaml = yaml === null ? text : replaced(text, yamlPieces(text, yaml, yaml.roots.flatMap(find)));
  if (yaml?.complete) return asYaml;
  if (!json?.root || !/^\s*[{[]\s*["{[]/.test(text)) return redactLines(asYaml);
  const rest = text.slice(json.end);
  return replaced(text.slice(0, json.end), jsonPieces(find(json.root))) + (json.cut ? emptied(rest) : redactLines(rest));
}

/** Whether a value may be a document itself, such as a kubeconfig in a ConfigMap. */
const isDocument = (value: string): boolean => mentionsObjects.test(value) || (value.includes('\n') && mentionsSecrets.test(value));

const jsonPieces = (changes: readonly Change[]): Piece[] =>
  changes.map(({ scalar, value }) => ({ ...scalar, value: JSON.stringify(value) }));

function yamlPieces(text: string, { taken }: Yaml, changes: readonly Change[]): Piece[] {
  const pieces: Piece[] = changes.map((change) => ({ ...change.scalar, value: writeYaml(text, change) }));
  let start = 0;
  for (const [from, to] of [...taken, [text.length, text.length] as const]) {
    const between = text.slice(start, from);
    if (between.includes('#')) pieces.push({ start, end: from, value: redactLines(between) });
    start = Math.max(start, to);
  }
  return pieces;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

function replaced(text: string, pieces: readonly Piece[]): string {
  let done = '';
  let at = 0;
  for (const { start, end, value } of [...pieces].sort((a, b) => a.start - b.start)) {
    done += text.slice(at, start) + value;
    at = end;
  }
  return done + text.slice(at);
}
