/** Front-proxy pairs in every form that a person can spoil them in, and what a source answers to each key. */
import { createPublicKey } from 'node:crypto';
import type { Answer } from '../../src/model.ts';
import { type Issued, issue, type KeyPair, keyPair, pem, privatePem, publicPem } from './pki.ts';

const owner = { mode: '0600', uid: 0, gid: 0, mtime: '2026-01-01T00:00:00Z' };
/** A file of text, as a source answers it. */
export const textFile = (text: string): Answer['file'] => ({ is: 'text', text, ...owner });
/** A key in PEM, as a source answers it. */
export const pemKey = (key: KeyPair): Answer['key'] => ({ is: 'pem', publicKey: publicPem(key), ...owner });
const noKey = (is: 'der' | 'encrypted' | 'certificate' | 'garbage'): Answer['key'] => ({ is, ...owner });

export interface Pair {
  readonly name: string;
  /** The files' contents as Go reads them. */
  readonly cert: string;
  readonly key: string;
  /** What a source answers to the key file. */
  readonly answer: Answer['key'];
}

/** No empty and no missing file: those never reach Go's `X509KeyPair`. */
export const pairs = (): readonly Pair[] => {
  const made = (key: KeyPair): Issued => issue({ subject: [['CN', 'front-proxy-client']], key });
  const keys = { rsa: keyPair('rsa-1024', 'a'), other: keyPair('rsa-1024', 'b'), ec: keyPair('p-256'), ed: keyPair('ed25519') };
  const rsa = made(keys.rsa).pem;
  const asKey = (key: KeyPair) => ({ key: privatePem(key), answer: pemKey(key) });
  const own = asKey(keys.rsa);
  const encrypted = (type: 'pkcs8' | 'pkcs1', cipher: string) =>
    keys.rsa.privateKey.export({ type, format: 'pem', cipher, passphrase: 'x' }).toString();
  const sec1 = keys.ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  const parameters = pem('EC PARAMETERS', Buffer.from('06082a8648ce3d030107', 'hex'));
  const koblitz = keyPair('secp256k1');
  return [
    { name: 'RSA', cert: rsa, ...own },
    { name: 'ECDSA', cert: made(keys.ec).pem, ...asKey(keys.ec) },
    { name: 'ECDSA, EC PARAMETERS before the key', cert: made(keys.ec).pem, key: parameters + sec1, answer: pemKey(keys.ec) },
    { name: 'EC PARAMETERS before the certificate', cert: parameters + rsa, ...own },
    { name: 'Ed25519', cert: made(keys.ed).pem, ...asKey(keys.ed) },
    { name: 'PKCS#1', cert: rsa, key: keys.rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(), answer: own.answer },
    { name: 'CRLF', cert: rsa.replaceAll('\n', '\r\n'), ...own },
    { name: 'junk around the blocks', cert: `subject=CN = x\n${rsa}\nissuer=y\n${made(keys.ec).pem}`, ...own },
    { name: 'garbage behind the leaf', cert: rsa + pem('CERTIFICATE', Buffer.from('garbage')), ...own },
    { name: 'key of another pair', cert: rsa, ...asKey(keys.other) },
    { name: 'key of another type', cert: rsa, ...asKey(keys.ec) },
    { name: 'issuer before the leaf', cert: made(keys.other).pem + rsa, ...own },
    { name: 'swapped', cert: own.key, key: rsa, answer: noKey('certificate') },
    { name: 'both are the certificate', cert: rsa, key: rsa, answer: noKey('certificate') },
    { name: 'encrypted PKCS#8', cert: rsa, key: encrypted('pkcs8', 'aes-256-cbc'), answer: noKey('encrypted') },
    { name: 'encrypted in the old form', cert: rsa, key: encrypted('pkcs1', 'aes-128-cbc'), answer: noKey('encrypted') },
    { name: 'key in DER', cert: rsa, key: 'binary', answer: noKey('der') },
    { name: 'key garbage', cert: rsa, key: 'garbage', answer: noKey('garbage') },
    { name: 'headers without content', cert: '-----BEGIN CERTIFICATE-----\na: b\n-----END CERTIFICATE-----\n', ...own },
    { name: 'newlines lost', cert: rsa.replaceAll('\n', ' '), ...own },
    { name: 'two keys in place of the certificate', cert: parameters + sec1, ...own },
    { name: 'a request in place of the certificate', cert: pem('CERTIFICATE REQUEST', Buffer.from('x')), ...own },
    { name: 'certificate garbage', cert: pem('CERTIFICATE', Buffer.from('garbage')), ...own },
    { name: 'certificate cut short', cert: pem('CERTIFICATE', made(keys.rsa).der.subarray(0, 200)), ...own },
    { name: 'curve that Go does not know', cert: made(koblitz).pem, ...asKey(koblitz) },
    { name: 'key on a curve that Go does not know', cert: rsa, ...asKey(koblitz) },
  ].map((pair) => ({ ...pair, answer: checked(pair.answer) }));
};

/** A public half that Node cannot read would make a row prove nothing. */
const checked = (answer: Answer['key']): Answer['key'] => {
  if ('publicKey' in answer && answer.publicKey !== undefined) createPublicKey(answer.publicKey);
  return answer;
};
