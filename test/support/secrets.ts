/** Looks for secrets that nobody knows beforehand: by their form, in bytes as they are and in base64 to some depth. */
import { createPrivateKey } from 'node:crypto';

const forms: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/, 'a private key in PEM'],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/, 'a JSON web token'],
  [/\bbearer\s+[\w.~+/-]{8,}/i, 'a bearer token'],
  [/(?<![\w-])["']?(?:token|password|client-key-data)["']?\s*[:=]\s*["']?[^\s"',}\]]{8,}/i, 'a value named as a secret'],
];
const deepest = 3;

/** What looks like a secret in some bytes, in words; empty when nothing does. */
export function secretsIn(bytes: Buffer, depth = 0): readonly string[] {
  const text = bytes.toString('latin1');
  const found = forms.flatMap(([form, what]) => (form.test(text) ? [what] : []));
  if (isPrivateKey(bytes)) found.push('a private key in DER');
  if (depth === deepest) return found;
  // Base64 is broken into lines, by real line feeds or by their escapes in JSON.
  const words = text.replace(/\\n|\n\s*/g, '').match(/[A-Za-z0-9+/_-]{24,}={0,2}/g) ?? [];
  return [...new Set([...found, ...words.flatMap((word) => secretsIn(Buffer.from(word, 'base64'), depth + 1))])];
}

function isPrivateKey(bytes: Buffer): boolean {
  if (bytes[0] !== 0x30) return false;
  return (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) => {
    try {
      return createPrivateKey({ key: bytes, format: 'der', type }).type === 'private';
    } catch {
      return false;
    }
  });
}

/** Every text of a snapshot file, without the escapes of JSON: what a search of its bytes could pass by. */
export const textsIn = (file: string): string =>
  file
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => strings(JSON.parse(line)))
    .join('\n');
const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
