/** The last resort for a text that should be a document and cannot be read as one: line by line, rather too much than too little. */
import { keepsAnnotation, keepsSecretEntry, removed, secretName } from './names.ts';
import { emptied } from './pem.ts';
import { settle } from './settle.ts';
import { redactText } from './text.ts';

const blockValue = /^([ \t#>-]*["']?value["']?[ \t]*:)[ \t]*(\S[^\r\n]*)?$/;
const inlineValue =
  /((?<=(?:^|[{,;[\s])\\{0,9}["']?)value\\*["']?\s*:[ \t]*(?:\r?\n[ \t]*)?)(?=\S)((\\*)"(?:[^"\\\r\n]|\\.)*?(?<!\\)\3"|'[^'\r\n]*'|[^}\r\n]+)/g;

const flagInTwo = new RegExp(`((?<=--[\\w.-]{0,60})${secretName}\\\\*["']?,?\\s+(?:-\\s+)?\\\\*["']?)(?!-)[^\\s"',\\]]+`, 'gi');

/**
 * A text without what `redactText` finds, without the value of any `value:` (environment variables are { name, value }), and without the
 * entries of `env`, `annotations`, and where a Secret is mentioned `data` and `stringData`, but those that are always kept.
 */
export const redactLines = (text: string): string => settle(text, redactOnce);

function redactOnce(text: string): string {
  const secret = /kind\\*["']?\s*:\s*\\*["']?Secret/.test(text);
  const maps = ['env', 'annotations', ...(secret ? ['data', 'stringData'] : [])].filter((key) => text.includes(key));
  let clean = text;
  for (const key of maps) clean = withoutBraces(clean, key);
  if (text.includes('value')) clean = clean.replace(inlineValue, (_, head: string) => `${head}"${removed}"`);
  if (text.includes('value') || maps.length > 0) clean = withoutBlocks(clean, maps);
  return redactText(clean.replace(flagInTwo, `$1${removed}`));
}

/** Without what stands in the braces or brackets of a key in flow style; with no closing one, to the end of the text. */
function withoutBraces(text: string, key: string): string {
  const head = new RegExp(`\\b${key}\\\\*["']?\\s*:\\s*(?=[{[])`, 'g');
  let done = '';
  let at = 0;
  for (const match of text.matchAll(head)) {
    const start = match.index + match[0].length;
    if (start < at) continue;
    let depth = 0;
    let end = start;
    do {
      const character = text.charAt(end++);
      if (character === '{' || character === '[') depth++;
      if (character === '}' || character === ']') depth--;
    } while (depth > 0 && end < text.length);
    const inside = text.slice(start + 1, depth > 0 ? end : end - 1);
    done += text.slice(at, start + 1) + (/[\r\n]/.test(inside) ? emptied(inside) : '') + (depth > 0 ? '' : text.charAt(end - 1));
    at = end;
  }
  return done + text.slice(at);
}

/** In block style: without the rest of a `value:` line, of the entries under `maps`, and of the more indented lines below either. */
function withoutBlocks(text: string, maps: readonly string[]): string {
  const parts = text.split(/(\r\n|\n|\r)/);
  const mapHead = new RegExp(`^[ \\t#>-]*["']?(${maps.join('|') || '(?!)'})["']?[ \\t]*:[ \\t]*(?:#.*|[&!].*)?$`);
  let map: { key: string; indent: number } | undefined;
  let below: number | undefined;
  for (let i = 0; i < parts.length; i += 2) {
    const line = parts[i] ?? '';
    if (line.trim() === '') continue;
    const indent = /^[ \t#>]*(?:-[ \t]+)*/.exec(line)?.[0].length ?? 0;
    const bare = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (below !== undefined && bare.length > below) {
      parts[i] = bare;
      continue;
    }
    below = undefined;
    if (map !== undefined && indent <= map.indent && !/^[ \t#>]*-/.test(line)) map = undefined;
    const value = blockValue.exec(line);
    if (value) {
      parts[i] = value[2] === undefined ? line : `${value[1]} ${removed}`;
      below = bare.length;
    } else if (map !== undefined) {
      const [, head = '', name = ''] = /^([ \t#>-]*["']?([\w./-]+)["']?[ \t]*:)/.exec(line) ?? [];
      if (kept(map.key, name)) continue;
      parts[i] = head === '' ? bare : `${head} ${removed}`;
      below = bare.length;
    } else {
      const key = mapHead.exec(line)?.[1];
      if (key !== undefined) map = { key, indent };
    }
  }
  return parts.join('');
}

function kept(map: string, name: string): boolean {
  if (map === 'annotations') return keepsAnnotation(name);
  if (map === 'env')
    return /^(?:name|valueFrom|fieldRef|fieldPath|apiVersion|secretKeyRef|configMapKeyRef|resourceFieldRef|key|optional|resource|containerName|divisor)$/.test(
      name,
    );
  return keepsSecretEntry(name);
}
