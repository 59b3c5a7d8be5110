/** Units of systemd, their environment files, and files of arguments → the same without the values that no fact reads. Lines stay. Pure. */
import { keptScript, keptValue, withheld } from './words.ts';

/** What the units of a node say of the files that they name. */
export interface Referred {
  /** Variables whose value is that of a flag of the layer. */
  readonly variables: Set<string>;
}

const readKeys = /^(?:User|Group|SupplementaryGroups|EnvironmentFile|Type)$/;

/** A unit or drop-in. A backslash at the end of a line joins it with the next. */
export function keptUnit(text: string, { variables }: Referred): string {
  for (const [, name = ''] of text.matchAll(/--(?:requestheader|proxy-client|client-ca|enable-aggregator)[\w-]*[= ]["']?\$\{?(\w+)/g))
    variables.add(name);
  return text.replace(/^(?:[^\r\n\\]|\\(?:\r?\n(?:\s*[#;][^\n]*\n)*|.))*$/gm, (line) => {
    if (/^\s*[#;]/.test(line))
      return line.replace(/[^\r\n]/g, (character, index: number) => (index === 0 ? '#' : character === '\\' ? '\\' : ''));
    const [head = '', key = ''] = /^\s*([A-Za-z]+)\s*=\s*/.exec(line) ?? [];
    if (head === '') return /^\s*\[[\w-]*\]\s*$/.test(line) ? line : withheldLine(line);
    const value = line.slice(head.length);
    if (readKeys.test(key)) return line;
    if (/^Exec/.test(key)) return head + keptScript(value);
    return head + (key === 'Environment' ? keptAssignments(value, variables) : withheldLine(value));
  });
}

/** `NAME=value`, each word of which may stand in quotes. */
const keptAssignments = (text: string, variables: ReadonlySet<string>): string =>
  text.replace(
    /(["']?)([A-Za-z_]\w*)=((?:\\[\s\S]|(?!\1)[\s\S])*?)(?=\1(?:\s|$))/g,
    (_, quote: string, name: string, value: string) => `${quote}${name}=${unquoted(value, (inside) => keptValue(name, inside, variables))}`,
  );

/** An environment file: a value in quotes may span several lines. */
export const keptEnvironment = (text: string, { variables }: Referred): string =>
  text
    .replace(/^[ \t]*[#;].*$/gm, '#')
    .replace(
      /^([ \t]*(?:export[ \t]+)?)([A-Za-z_]\w*)=((?:"(?:\\[\s\S]|[^"\\])*"?|'[^']*'?|\\[\s\S]|[^\n"'\\])*)/gm,
      (_, head: string, name: string, value: string) => `${head}${name}=${unquoted(value, (inside) => keptValue(name, inside, variables))}`,
    )
    .replace(/^(?![ \t]*(?:#|(?:export[ \t]+)?[A-Za-z_]\w*=)).+$/gm, (line) => keptScript(line));

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
