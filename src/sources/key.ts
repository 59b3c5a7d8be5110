/** What a file that should hold a private key holds, without the key. */
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Answer } from '../model.ts';

type Form = Extract<Answer['key'], { readonly mode: string }>['is'];
export interface KeyForm {
  readonly is: Form;
  /** The public half, PEM (SubjectPublicKeyInfo). */
  readonly publicKey?: string;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/g;
const PRIVATE = new Set(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY']);

/**
 * The form of a key file and its public half. As in Go (crypto/tls X509KeyPair) the first block of a private-key type counts,
 * whatever precedes it (`EC PARAMETERS`, a certificate, text).
 */
export const keyForm = (content: Buffer): KeyForm => {
  if (content.toString('latin1').trim() === '') return { is: 'empty' };
  const blocks = [...content.toString('latin1').matchAll(BLOCK)].map(([pem, type = '', body = '']) => ({ pem, type, body }));
  const key = blocks.find(({ type }) => PRIVATE.has(type) || type.endsWith(' PRIVATE KEY'));
  if (key) {
    if (key.type === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(key.body)) return { is: 'encrypted' };
    const publicKey = publicHalf(() => createPrivateKey(key.pem));
    return publicKey ? { is: 'pem', publicKey } : { is: 'garbage' };
  }
  if (blocks.some(({ type }) => type === 'CERTIFICATE')) return { is: 'certificate' };
  return derForm(content);
};

const derForm = (content: Buffer): KeyForm => {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    const publicKey = publicHalf(() => createPrivateKey({ key: content, format: 'der', type }));
    if (publicKey) return { is: 'der', publicKey };
  }
  return { is: isCertificate(content) ? 'certificate' : 'garbage' };
};

const isCertificate = (content: Buffer): boolean => {
  try {
    return new X509Certificate(content).raw.length > 0;
  } catch {
    return false;
  }
};

/** null when it is not a key. The parser's error adds nothing. */
const publicHalf = (read: () => KeyObject): string | null => {
  try {
    return createPublicKey(read()).export({ type: 'spki', format: 'pem' }).toString();
  } catch {
    return null;
  }
};
