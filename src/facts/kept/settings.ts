/** Units of systemd, their environment files, and files of arguments → the same without the values that no fact reads. Lines stay. Pure. */
import { keptScript, keptValue, withheld } from './words.ts';

/** What the units of a node say of the files that they name. */
export interface Referred {
  /** Variables whose value is that of a flag of the layer. */
  readonly variables: Set<string>;
}

const readKeys = /^(?:User|Group|SupplementaryGroups|EnvironmentFile|Type)$/;

/** A comment, or a setting: a backslash at the end of a line joins it with the next, and comments between them vanish. */
const unitLine = /^[ \t]*[#;][^\r\n]*$|^(?:[^\r\n\\]|\\(?:\r?\n(?:[ \t]*[#;][^\n]*\n)*|.))*$/gm;

/** A unit or drop-in. */
export function keptUnit(text: string, { variables }: Referred): string {
  for (const [, name = ''] of text.matchAll(/--(?:requestheader|proxy-client|client-ca|enable-aggregator)[\w-]*[= ]["']?\$\{?(\w+)/g))
    variables.add(name);
  return text.replace(unitLine, (line) => {
    if (/^\s*[#;]/.test(line)) return '#';
    const [head = '', key = ''] = /^\s*([A-Za-z]+)\s*=\s*/.exec(line) ?? [];
    if (head === '') return /^\s*\[[\w-]*\]\s*$/.test(line) ? line : withheldLine(line);
    if (readKeys.test(key)) return line;
    const value = line.slice(head.length);
    return head + (/^Exec|^Environment$/.test(key) ? keptScript(value, variables) : withheldLine(value));
  });
}

const assignment =
  /^([ \t]*(?:export[ \t]+)?)([A-Z_][A-Z\d_]*|[a-z_][a-z\d_]*)=((?:"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|\\[\s\S]|[^\n"'\\])*)/gm;
/** Whether a text is an environment file: it begins with an assignment. */
export const isEnvironment = (text: string): boolean =>
  /^(?:\s*(?:#.*)?\n)*[ \t]*(?:export[ \t]+)?(?:[A-Z_][A-Z\d_]*|[a-z_][a-z\d_]*)=(?!=?\s*$)/.test(text);

/** An environment file: a value in quotes may span several lines. */
export function keptEnvironment(text: string, { variables }: Referred): string {
  let done = '';
  let at = 0;
  for (const { 0: whole, 1: head = '', 2: name = '', 3: value = '', index } of text.matchAll(assignment)) {
    done += `${keptArguments(text.slice(at, index))}${head}${name}=${unquoted(value, (inside) => keptValue(name, inside, variables))}`;
    at = index + whole.length;
  }
  return done + keptArguments(text.slice(at));
}
/** Changes what stands in the quotes. */
function unquoted(raw: string, change: (value: string) => string): string {
  const [, quote = '', inside = ''] = /^(["'])([\s\S]*)\1\s*$/.exec(raw) ?? [];
  if (quote === '') return withLines(raw, change(raw.replace(/\\\r?\n/g, ' ').trim()));
  return quote + withLines(inside, change(inside)) + quote;
}
/** As many lines as before. */
const withLines = (before: string, after: string): string => {
  const missing = count(before) - count(after);
  return missing > 0 ? after + '\\\n'.repeat(missing) : after;
};
const count = (text: string): number => text.split('\n').length - 1;

const withheldLine = (line: string): string => (line.trim() === '' ? line : withLines(line, withheld(line.trim())));

/** A file of arguments, one or more a line. */
export const keptArguments = (text: string): string => text.replace(/[^\r\n]+/g, (line) => (/^\s*#/.test(line) ? '#' : keptScript(line)));
