/** What comes from a server or a file is shown, never obeyed: control and invisible characters become visible escapes. Pure. */

/** Controls (C0, DEL, C1), formats (bidirectional overrides, zero-width), line and paragraph separators, lone surrogates. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return named[character] ?? (code > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`);
}

/** A text as one line that no terminal takes for a command: ESC is shown as `\x1b`, a line feed as `\n`, U+202E as `\u202e`. */
export const sanitize = (text: string): string => text.replace(hidden, escaped);

const plain: Readonly<Record<string, string>> = {
  '…': '...',
  '·': '-',
  '–': '-',
  '—': '-',
  '─': '-',
  '▶': '>',
  '→': '->',
  '✓': 'ok',
  '✗': 'x',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
};
/** The same in 7-bit ASCII: typography is spelled out, any other character is escaped. */
export const toAscii = (text: string): string => sanitize(text).replace(/[^\x20-\x7e]/gu, (one) => plain[one] ?? escaped(one));

/** A copy of plain data in which every string went through `sanitize` (`toAscii`): done once for a whole report, so that no line can forget it. */
export function visible<T>(value: T, ascii: boolean): T {
  if (typeof value === 'string') return (ascii ? toAscii(value) : sanitize(value)) as T;
  if (Array.isArray(value)) return value.map((each) => visible(each, ascii)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, visible(each, ascii)])) as T;
}

/** Far longer than any text that Kubernetes or aggctl writes. */
const longest = 10_000;
/** Plain data in which longer strings are cut, except commands: cutting one could open a quote, and `sh` bounds their values. */
export const bounded = <T>(value: T): T => (holdsLong(value) ? cut(value) : value);

/** Hardly any report does, and a copy of a large one takes long. */
function holdsLong(value: unknown): boolean {
  if (typeof value === 'string') return value.length > longest;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsLong);
}
function cut<T>(value: T): T {
  if (typeof value === 'string') return (value.length > longest ? `${value.slice(0, longest)}…` : value) as T;
  if (Array.isArray(value)) return value.map(cut) as T;
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === 'commands' ? each : cut(each)])) as T;
}

/** What JSON.stringify and `yaml` leave as it is although a terminal obeys it or does not show it. */
export const leftRaw = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;
