/** PEM private keys in any text: between them a marker stays, and every line number stays what it was. */

const boundary = /-{4,5} ?(BEGIN|END) ([A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?) ?-{4,5}/gi;
/** What follows a BEGIN without its END: header lines and base64, over line breaks or their escapes. */
const openBody =
  /(?:(?:\s|\\+[rn])*(?:(?:Proc-Type|DEK-Info):[^\r\n\\]*|[A-Za-z0-9+/]{16,}={0,2}))*(?:(?:\s|\\+[rn])*[A-Za-z0-9+/]+={0,2}(?=[\s\\"']|$))?/y;

/**
 * The text without the content of private keys of any kind (PKCS#1, PKCS#8, SEC1, encrypted, OpenSSH, PGP).
 * Line breaks may be real, escaped (`\n`, to any depth) or folded into spaces; a BEGIN or an END may be missing.
 */
export function withoutPrivateKeys(text: string): string {
  if (!/PRIVATE KEY/i.test(text)) return text;
  const found = [...text.matchAll(boundary)];
  let done = '';
  let at = 0;
  for (const [i, { 0: whole, 1: side = '', 2: label = '', index }] of found.entries()) {
    if (index < at) continue;
    if (side.toUpperCase() === 'END') {
      const body = trailingBody(text, at, index);
      done += text.slice(at, body) + emptied(text.slice(body, index)) + whole;
      at = index + whole.length;
      continue;
    }
    const start = index + whole.length;
    const next = found[i + 1];
    const closed = next?.[1]?.toUpperCase() === 'END' && !text.slice(start, next.index).includes('-BEGIN ');
    openBody.lastIndex = start;
    const end = closed ? next.index : start + (openBody.exec(text)?.[0].length ?? 0);
    done += `${text.slice(at, index)}-----${side} ${label} (removed)-----${emptied(text.slice(start, end))}`;
    at = end;
  }
  return done + text.slice(at);
}

/** Line breaks and indentation of a body, so that lines keep their numbers and a block scalar stays one. */
export function emptied(body: string): string {
  if (/[\r\n]/.test(body)) return body.replace(/[^\r\n]+/g, (line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  return /(?<!\\)(?:\\+[rn])+/.exec(body)?.[0] ?? (body === '' ? '' : ' ');
}

/** Where the base64 begins that ends at an END without a BEGIN, as in the tail of a log. */
function trailingBody(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && /[A-Za-z0-9+/=\\ \t]/.test(text.charAt(at - 1))) at--;
  while (at > from && text.charAt(at - 1) === '\n') {
    const line = text.lastIndexOf('\n', at - 2) + 1;
    if (line < from || !/^[ \t]*[A-Za-z0-9+/=]*[ \t]*\r?\n$/.test(text.slice(line, at))) break;
    at = line;
  }
  return at;
}
