import { expect, test } from 'vitest';
import { readPair } from '../../src/x509/bundle.ts';
import { pairs, pemKey, textFile } from '../support/pairs.ts';
import { issue, keyPair } from '../support/pki.ts';

const key = keyPair('p-256');
const simple = issue({ subject: [['CN', 'front-proxy-client']], key });

const LOADS = [
  'RSA',
  'ECDSA',
  'ECDSA, EC PARAMETERS before the key',
  'EC PARAMETERS before the certificate',
  'Ed25519',
  'PKCS#1',
  'CRLF',
  'junk around the blocks',
  'garbage behind the leaf',
];
const PAIR_FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  'key of another pair': ['tls: private key does not match public key', 'pair'],
  'key of another type': ['tls: private key type does not match public key type', 'pair'],
  'issuer before the leaf': ['tls: private key does not match public key', 'pair'],
  swapped: [
    'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    'pair',
  ],
  'both are the certificate': ['tls: found a certificate rather than a key in the PEM for the private key', 'key'],
  'encrypted PKCS#8': ['tls: failed to parse private key', 'key'],
  'encrypted in the old form': ['tls: failed to parse private key', 'key'],
  'key in DER': ['tls: failed to find any PEM data in key input', 'key'],
  'key garbage': ['tls: failed to find any PEM data in key input', 'key'],
  'headers without content': ['tls: failed to find any PEM data in certificate input', 'certificate'],
  'newlines lost': ['tls: failed to find any PEM data in certificate input', 'certificate'],
  'two keys in place of the certificate': [
    'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [EC PARAMETERS EC PRIVATE KEY]',
    'certificate',
  ],
  'a request in place of the certificate': [
    'tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [CERTIFICATE REQUEST]',
    'certificate',
  ],
  'certificate garbage': ['x509: malformed certificate', 'certificate'],
  'certificate cut short': ['x509: malformed certificate', 'certificate'],
  'curve that Go does not know': ['x509: unsupported elliptic curve', 'certificate'],
  'key on a curve that Go does not know': ['tls: failed to parse private key', 'key'],
};

test.each(pairs())('pair: $name', ({ name: row, cert, answer }) => {
  const [text, where] = PAIR_FAULTS[row] ?? [];
  expect(LOADS.includes(row)).toBe(text === undefined);
  expect(readPair({ path: 'crt', answer: textFile(cert) }, { path: 'key', answer })).toEqual(text ? { text, in: where } : null);
});

const owner = { mode: '0600', uid: 0, gid: 0, mtime: '2026-01-01T00:00:00Z' };
const crt = { path: '/pki/front-proxy-client.crt', answer: textFile(simple.pem) };
const keyFile = { path: '/pki/front-proxy-client.key', answer: pemKey(key) };
const missing = 'missing content for serving cert "aggregator-proxy-cert::/pki/front-proxy-client.crt::/pki/front-proxy-client.key"';
type Answers = Parameters<typeof readPair>;
test.each<[string, Answers[0], Answers[1], string, string]>([
  ['certificate absent', { ...crt, answer: { is: 'absent' } }, keyFile, `open ${crt.path}: no such file or directory`, 'certificate'],
  ['certificate not mounted', { path: crt.path }, keyFile, `open ${crt.path}: no such file or directory`, 'certificate'],
  ['certificate is a directory', { ...crt, answer: { is: 'directory' } }, keyFile, `read ${crt.path}: is a directory`, 'certificate'],
  ['certificate empty', { ...crt, answer: textFile('') }, keyFile, missing, 'certificate'],
  [
    'certificate in DER',
    { ...crt, answer: { is: 'binary', size: 9, certificate: simple.pem, ...owner } },
    keyFile,
    'tls: failed to find any PEM data in certificate input',
    'certificate',
  ],
  ['key absent', crt, { ...keyFile, answer: { is: 'absent' } }, `open ${keyFile.path}: no such file or directory`, 'key'],
  ['key is a directory', crt, { ...keyFile, answer: { is: 'directory' } }, `read ${keyFile.path}: is a directory`, 'key'],
  ['key empty', crt, { ...keyFile, answer: { is: 'empty', ...owner } }, missing, 'key'],
  ['key that nothing can read', crt, { ...keyFile, answer: { is: 'pem', ...owner } }, 'tls: failed to parse private key', 'key'],
  [
    'certificate is a key that the source removed',
    { ...crt, answer: textFile('-----BEGIN RSA PRIVATE KEY (removed)-----\n') },
    keyFile,
    'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    'certificate',
  ],
])('pair: %s', (_, cert, answer, text, where) => {
  expect(readPair(cert, answer)).toEqual({ text, in: where });
});

test('a key block in the certificate file does no harm', () => {
  const both = `-----BEGIN RSA PRIVATE KEY (removed)-----\n-----END RSA PRIVATE KEY (removed)-----\n${simple.pem}`;
  expect(readPair({ ...crt, answer: textFile(both) }, keyFile)).toBeNull();
});
