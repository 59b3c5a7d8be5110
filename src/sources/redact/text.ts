/** What is secret in any text, whatever its form: log lines, arguments, messages, the values of documents. */
import { withoutHiddenSecrets } from './base64.ts';
import { isHarmless, removed, secretName } from './names.ts';
import { withoutPrivateKeys } from './pem.ts';
import { settle } from './settle.ts';

const deepest = 4;
const jwt = /(?<=^|[^\w-]|\\[nrt])eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*){1,3}/g;
const nodeToken = /\bK10[0-9a-f]{16,}::[^\s"'\\]+/g;
const bootstrapToken = /(?<![\w.-])[a-z0-9]{6}\.(?=[a-z]*[0-9])[a-z0-9]{16}(?![\w.-])/g;
const ageKey = /AGE-SECRET-KEY-1[0-9A-Z]+/gi;
const authorization = /(authorization\\*["']?[ \t]*[:=][ \t]*\[?\\*["']?(?:bearer|basic|digest|token|negotiate)\s+)[^\s"'\]]+/gi;
const bearer = /\b(bearer(?:\s|%20|\+)+)([\w.~+/=:-]{8,})/gi;
/** No longer than this is looked for the end of a user and a password: each place where they may begin is looked at. */
const userinfo = /:\/\/[^\s/?#"<>\\]{0,600}@/g;
/** A password with a slash in it is no valid URL, and is written all the same. */
const slashedUserinfo = /:\/\/[^\s:/@"'?#]{1,300}:(?!\d{1,5}(?:[/?#,"'\s]|$))[^\s@"'<>]{0,600}@/g;
const proxy = /(_proxy\\*["']?[ \t]*[:=][ \t]*\\*["']?(?:[a-z][\w+.-]{0,30}:\/\/)?)[^\s"']{0,600}@/gi;
const hasName = new RegExp(secretName, 'i');
const named = new RegExp(`${secretName}(\\\\*["']?[ \\t]*[:=][ \\t]*)`, 'gi');
const flagged = new RegExp(`(?<=--[\\w.-]{0,60})${secretName}((?:\\s|\\\\\\r?\\n)+)(?!-)`, 'gi');
const lineNamed = new RegExp(`^((?:[ \\t#>*]|- |export )*(?!-)["']?[\\w./-]*${secretName}["']?[ \\t]*)([:=])([ \\t]*)([^\\r\\n]*)$`, 'i');

/**
 * A text without private keys, tokens, passwords and credentials in URLs. Everything else, the number of lines included, stays as it is;
 * a text with nothing to hide is returned unchanged. Applying it twice is the same as once.
 */
export const redactText = (text: string): string => settle(text, (one) => redact(one, 0));

function redact(text: string, depth: number): string {
  if (text.length < 6) return text;
  let clean = withoutPrivateKeys(text);
  if (depth < deepest) clean = withoutHiddenSecrets(clean, (decoded) => redact(decoded, depth + 1));
  clean = clean
    .replace(jwt, removed)
    .replace(nodeToken, removed)
    .replace(bootstrapToken, removed)
    .replace(ageKey, removed)
    .replace(authorization, `$1${removed}`)
    .replace(bearer, (whole, scheme: string, token: string) => (/\d/.test(token) || token.length >= 20 ? scheme + removed : whole))
    .replace(slashedUserinfo, `://${removed}@`)
    .replace(userinfo, `://${removed}@`)
    .replace(proxy, `$1${removed}@`);
  if (!hasName.test(clean)) return clean;
  return withoutValues(withoutValues(withoutLines(clean), named), flagged);
}

/** Without what follows a name and a separator somewhere in a line. */
function withoutValues(text: string, name: RegExp): string {
  let done = '';
  let at = 0;
  for (const match of text.matchAll(name)) {
    if (match.index < at) continue;
    const start = match.index + match[0].length;
    const separator = match[1] ?? '';
    if (separator.includes(':') && /^(?:[{[]|[|>][-+\d]{0,3}(?:\s|$))/.test(text.slice(start, start + 5))) continue;
    const inQuery = /[?&][\w.-]*$/.test(text.slice(Math.max(0, match.index - 40), match.index));
    const [from, to] = valueAt(text, start, inQuery ? /[^\s&]*/y : /\S*/y);
    const value = text.slice(from, to);
    // "secret: not found" and "open …/token: no such file" are prose, "secret: {" is a volume, "token: |" the head of a block.
    const before = text.charAt(match.index - 1);
    const word = /^: +$/.test(separator) && (before === '/' || (/^secret/i.test(match[0]) && !/[\w-]/.test(before)));
    const prose = word && value.length < 16 && !/\d/.test(value);
    if (prose || isHarmless(value)) continue;
    done += text.slice(at, from) + removed;
    at = to;
  }
  return done + text.slice(at);
}

/** Start and end of a value: inside its quotes, which may be escaped, or up to white space. */
function valueAt(text: string, start: number, bare: RegExp): [number, number] {
  const quote = /^\\*["']/.exec(text.slice(start, start + 9))?.[0];
  if (quote === undefined) {
    bare.lastIndex = start;
    const word = bare.exec(text)?.[0] ?? '';
    let length = word.length;
    while (length > 0 && '"\'\\])},;'.includes(word.charAt(length - 1))) length--;
    return [start, start + length];
  }
  const from = start + quote.length;
  let end = text.indexOf(quote, from);
  while (end !== -1 && text.charAt(end - 1) === '\\') end = text.indexOf(quote, end + 1);
  const inside = end === -1 ? text.slice(from) : text.slice(from, end);
  const lineEnd = inside.search(/[\r\n]/);
  return [from, from + (lineEnd === -1 ? inside.length : lineEnd)];
}

/** Without the values of lines that begin with a name: to the end of the line, and the more indented lines of a value that goes on. */
function withoutLines(text: string): string {
  const parts = text.split(/(\r\n|\n|\r)/);
  for (let i = 0; i < parts.length; i += 2) {
    const line = parts[i] ?? '';
    const [, head = '', separator = '', space = '', value = ''] = lineNamed.exec(line) ?? [];
    if (head === '' || (separator === ':' && /^[{[]/.test(value))) continue;
    const quote = /^["']/.exec(value)?.[0];
    if (quote !== undefined && value.indexOf(quote, 1) !== -1) continue;
    const goesOn = quote !== undefined || (separator === ':' && /^(?:[|>][-+\d]*[ \t]*(?:#.*)?)?$/.test(value));
    if (!goesOn) {
      if (!isHarmless(value)) parts[i] = `${head}${separator}${space}${removed}`;
      continue;
    }
    if (quote !== undefined) parts[i] = `${head}${separator}${space}${quote}${removed}`;
    // A map under the name is no value: `secret:` above `secretName: …`.
    else if (value === '' && /^[ \t]*(?:-[ \t]|["']?[\w./-]+["']?[ \t]*:)/.test(parts[i + 2] ?? '')) continue;
    i = blankBelow(parts, i, quote);
  }
  return parts.join('');
}

/** Empties the lines below that belong to the value of line `i`; returns the last of them. */
function blankBelow(parts: string[], i: number, quote: string | undefined): number {
  const indent = /^[ \t]*/.exec(parts[i] ?? '')?.[0].length ?? 0;
  let first = quote === undefined;
  for (let j = i + 2; j < parts.length; j += 2) {
    const line = parts[j] ?? '';
    const own = /^[ \t]*/.exec(line)?.[0] ?? '';
    const closes = quote !== undefined && line.includes(quote);
    if (!closes && line.trim() !== '' && own.length <= indent) return j - 2;
    if (line.trim() !== '') {
      parts[j] = closes ? own + line.slice(line.lastIndexOf(quote as string)) : first ? own + removed : own;
      first = false;
    }
    if (closes) return j;
  }
  return parts.length - 1;
}
