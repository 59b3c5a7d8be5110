/** Secrets in base64, in hex and percent-encoded: private keys in DER, key stores, and any text that itself has something to hide. */
import { removed } from './names.ts';
import { emptied } from './pem.ts';

const run = /[A-Za-z0-9+/_-]{20,}={0,2}/g;
const wrapped =
  /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{20,}={0,2}(?:(?:\s|\\[rn])+[A-Za-z0-9+/]{20,}={0,2})+(?:(?:\s|\\[rn])+[A-Za-z0-9+/]{1,19}={0,2}(?=[\s\\"']|$))?/g;
const hex = /(?<![0-9a-z])[0-9a-f][0-9a-f:\\x]{47,}/gi;
/** A word with escapes of a URL in it. */
const percent = /[\w.~+/=%-]{20,}/g;
/**
 * What follows the outer SEQUENCE in hex: PKCS#8 (version, then algorithm), PKCS#1 and DSA (version 0, INTEGER), SEC1 (version 1, OCTET STRING),
 * PKCS#12 (version 3), encrypted PKCS#8 (an algorithm of PKCS#5 or PKCS#12). A certificate, request or public key begins otherwise.
 */
const privateKey = /^(?:0201(?:00(?:30|02)|01(?:30|04)|0330)|30(?:..|81..|82....)06(?:09|0a)2a864886f70d01(?:05|0c))/;

/** Whether bytes are a private key in DER, a key store (PKCS#12, JKS), or compressed, so that nobody can say what is inside. */
export function isKeyMaterial(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 40)).toString('hex');
  if (/^(?:1f8b08|feedfeed)/.test(head)) return true;
  const length = bytes[1] ?? 0;
  return bytes[0] === 0x30 && length !== 0x80 && privateKey.test(head.slice(2 * (length < 0x80 ? 2 : 2 + (length & 0x7f))));
}

/** The text with each base64 word that hides something cleaned by `clean`, or removed when it is no text. */
export function withoutHiddenSecrets(text: string, clean: (decoded: string) => string): string {
  if (text.length < 20) return text;
  const whole = text.replace(wrapped, (lines) => {
    const words = lines.split(/(?:\s|\\[rn])+/);
    const hides = [words, words.slice(0, -1)].some((some) => uncover(some.join(''), clean) !== null);
    return hides ? removed + emptied(lines) : lines;
  });
  return whole
    .replace(hex, (digits) => (hides(Buffer.from(digits.replace(/[:\\x]/g, ''), 'hex'), clean) ? removed : digits))
    .replace(percent, (word) => (word.includes('%') && hides(unescaped(word), clean) ? removed : word))
    .replace(run, (word) => uncover(word, clean) ?? word);
}

const unescaped = (word: string): Buffer =>
  Buffer.from(
    word.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );

/** Whether bytes are a key, or a text that has something to hide. */
function hides(bytes: Buffer, clean: (decoded: string) => string): boolean {
  const text = asText(bytes);
  return text === null ? isKeyMaterial(bytes) || bytes.includes('PRIVATE KEY-----') : clean(text) !== text;
}

/** What to write instead of a base64 word; null when it hides nothing. */
function uncover(word: string, clean: (decoded: string) => string): string | null {
  const bytes = Buffer.from(word, 'base64');
  const text = asText(bytes);
  if (text !== null) {
    const cleaned = clean(text);
    return cleaned === text ? null : Buffer.from(cleaned).toString('base64');
  }
  // Something may stand directly before the base64, such as the `n` of an escaped line break.
  for (const skip of [0, 1, 2, 3]) {
    const shifted = skip === 0 ? bytes : Buffer.from(word.slice(skip), 'base64');
    if (isKeyMaterial(shifted) || shifted.includes('PRIVATE KEY-----')) return removed;
  }
  return null;
}

function asText(bytes: Buffer): string | null {
  const text = bytes.toString('utf8');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text
  return /[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text) ? null : text;
}
