import { createHash, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { parseCertificate, readBundle, readCaBundle } from '../../src/x509/bundle.ts';
import { bitString, integer, sequence } from '../support/der.ts';
import { extension, type Issued, issue, type KeyKind, keyPair, pem, privatePem, type Recipe } from '../support/pki.ts';

const key = keyPair('p-256');
const simple = issue({ subject: [['CN', 'front-proxy-ca']], key });
const garbage = pem('CERTIFICATE', Buffer.from('garbage'));
const read = ({ pem: text }: Issued) => {
  const certificate = parseCertificate(text);
  if (!certificate.ok) throw new Error(certificate.message);
  return certificate.value;
};

test('every field', () => {
  const ca = issue({ subject: [['CN', 'ca']], key: keyPair('rsa-1024', 'a'), subjectKeyId: true });
  const made = issue({
    subject: [
      ['O', 'system:masters'],
      ['O', 'Zürich', 'utf8'],
      ['OU', 'naïve', 'bmp'],
      ['CN', 'x'],
    ],
    key,
    issuer: ca,
    serial: 7982,
    notBefore: new Date('2026-01-02T03:04:05Z'),
    notAfter: new Date('2070-01-01T00:00:00Z'),
    basicConstraints: { ca: true, pathLength: 2 },
    keyUsage: ['digitalSignature', 'keyCertSign'],
    extendedKeyUsage: ['clientAuth', 'any', 'unknown'],
    subjectKeyId: true,
    authorityKeyId: true,
    dns: ['a.svc'],
    ip: [Buffer.of(10, 0, 0, 1)],
    more: [extension('1.2.3', Buffer.of(5, 0), true), extension('1.2.4', Buffer.of(5, 0))],
  });
  expect(parseCertificate(made.pem, 5)).toEqual({
    ok: true,
    value: {
      subject: 'O=system:masters, O=Zürich, OU=naïve, CN=x',
      issuer: 'CN=ca',
      commonName: 'x',
      organizations: ['system:masters', 'Zürich'],
      rawSubject: made.name.toString('hex'),
      rawIssuer: ca.name.toString('hex'),
      serial: { decimal: '7982', hex: '1F2E' },
      notBefore: new Date('2026-01-02T03:04:05Z'),
      notAfter: new Date('2070-01-01T00:00:00Z'),
      key: 'ECDSA P-256',
      signatureAlgorithm: 'SHA256-RSA',
      version: 3,
      basicConstraints: { ca: true, pathLength: 2 },
      keyUsage: ['digitalSignature', 'keyCertSign'],
      extendedKeyUsage: ['clientAuth', 'anyExtendedKeyUsage', '1.2.3.4'],
      subjectKeyId: made.keyId?.toString('hex'),
      authorityKeyId: ca.keyId?.toString('hex'),
      nameConstraints: false,
      unhandledCritical: ['1.2.3'],
      names: ['a.svc', '10.0.0.1'],
      fingerprint: createHash('sha256').update(made.der).digest('hex'),
      publicKeySha256: createHash('sha256')
        .update(key.publicKey.export({ type: 'spki', format: 'der' }))
        .digest('hex'),
      pem: made.pem,
      line: 5,
    },
  });
});

test('what is absent is null', () => {
  const { basicConstraints, keyUsage, extendedKeyUsage, subjectKeyId, authorityKeyId } = read(simple);
  expect([basicConstraints, keyUsage, extendedKeyUsage, subjectKeyId, authorityKeyId]).toEqual([null, null, null, null, null]);
});

test.each<[KeyKind, string, Recipe['hash'], string]>([
  ['rsa-1024', 'RSA 1024', 'sha256', 'SHA256-RSA'],
  ['rsa-1024', 'RSA 1024', 'sha1', 'SHA1-RSA'],
  ['rsa-1024', 'RSA 1024', 'pss', 'SHA256-RSAPSS'],
  ['p-256', 'ECDSA P-256', 'sha384', 'ECDSA-SHA384'],
  ['p-384', 'ECDSA P-384', 'sha256', 'ECDSA-SHA256'],
  ['ed25519', 'Ed25519', 'sha256', 'Ed25519'],
  ['ed448', 'unknown (1.3.101.113)', 'sha256', '1.3.101.113'],
])('%s is %s, signed with %s: %s', (kind, text, hash, algorithm) => {
  const certificate = read(issue({ subject: [['CN', 'x']], key: keyPair(kind, kind === 'rsa-1024' ? 'a' : ''), ...(hash && { hash }) }));
  expect([certificate.key, certificate.signatureAlgorithm]).toEqual([text, algorithm]);
});

test('the PEM is that of the certificate, whatever stood around it', () => {
  const spoilt = `junk\r\n${simple.pem.replaceAll('\n', ' \r\n')}more`;
  const certificate = parseCertificate(spoilt);
  expect(certificate.ok && new X509Certificate(certificate.value.pem).raw.equals(simple.der)).toBe(true);
});

const withHeader = simple.pem.replace('-----\n', '-----\nProc-Type: 4,ENCRYPTED\n\n');
const parameters = pem('EC PARAMETERS', Buffer.from('06082a8648ce3d030107', 'hex'));
test.each<[string, string, readonly number[]]>([
  ['one', simple.pem, [1]],
  ['two', simple.pem + simple.pem, [1, 1 + simple.pem.split('\n').length - 1]],
  ['CRLF', simple.pem.replaceAll('\n', '\r\n'), [1]],
  ['blanks at the line ends', simple.pem.replaceAll('\n', ' \t\n'), [1]],
  ['no newline at the end', simple.pem.trimEnd(), [1]],
  ['junk before, between and after', `a\nb\n${simple.pem}c\n${simple.pem}d`, [3, 3 + simple.pem.split('\n').length]],
  ['other blocks', parameters + simple.pem + privatePem(key), [4]],
  ['a BEGIN without an END', `-----BEGIN CERTIFICATE-----\nAAAA\n${simple.pem}`, [3]],
  ['a block that is not base64', `-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n${simple.pem}`, [4]],
  ['a block with headers is passed over', withHeader + simple.pem, [withHeader.split('\n').length]],
])('bundle: %s', (_, text, lines) => {
  expect(readBundle(text).certificates.map(({ line }) => line)).toEqual(lines);
  expect(readBundle(text)).not.toHaveProperty('fault');
});

const name = 'request-header::/etc/kubernetes/pki/front-proxy-ca.crt';
const loading = `error loading CA bundle for "${name}": `;
const none = 'data does not contain any valid RSA or ECDSA certificates';
const wrong = (body: Buffer) => pem('CERTIFICATE', sequence(sequence(body), sequence(), bitString(Buffer.of(0))));
test.each<[string, string, string]>([
  ['empty', '', `missing content for CA bundle "${name}"`],
  ['text', 'hello', loading + none],
  ['private key only', privatePem(key), loading + none],
  ['BEGIN in the middle of a line', ` ${simple.pem}`, loading + none],
  ['newlines lost', simple.pem.replaceAll('\n', ' '), loading + none],
  ['BEGIN and END of different types', simple.pem.replace('BEGIN CERTIFICATE', 'BEGIN TRUSTED CERTIFICATE'), loading + none],
  ['garbage', garbage, `${loading}x509: malformed certificate`],
  ['a good one, then garbage', simple.pem + garbage, `${loading}x509: malformed certificate`],
  ['cut short', pem('CERTIFICATE', simple.der.subarray(0, 99)), `${loading}x509: malformed certificate`],
  ['more behind it', pem('CERTIFICATE', Buffer.concat([simple.der, Buffer.of(0)])), `${loading}x509: trailing data`],
  ['no serial number', wrong(sequence()), `${loading}x509: malformed serial number`],
  ['half a certificate', wrong(integer(1)), `${loading}x509: malformed signature algorithm identifier`],
  ['unknown curve', issue({ subject: [], key: keyPair('secp256k1') }).pem, `${loading}x509: unsupported elliptic curve`],
  [
    'the same extension twice',
    issue({ subject: [], key, more: [extension('1.2.3', Buffer.of()), extension('1.2.3', Buffer.of())] }).pem,
    `${loading}x509: certificate contains duplicate extension with OID "1.2.3"`,
  ],
  [
    'an underscore in a PrintableString',
    issue({ subject: [['CN', 'a_b']], key }).pem,
    `${loading}x509: invalid RDNSequence: invalid attribute value: invalid PrintableString`,
  ],
])('bundle refused: %s', (_, text, fault) => {
  expect(readBundle(text, name)).toEqual({ certificates: [], fault });
  expect(readBundle(text).fault).toBe(fault.replace(loading, '').replace(` "${name}"`, ''));
});

test.each<[string, string, number, string?]>([
  ['good', simple.pem, 1],
  ['good and garbage', garbage + simple.pem, 1],
  ['text', 'hello', 0, 'unable to load root certificates: unable to parse bytes as PEM block'],
  ['newlines lost', simple.pem.replaceAll('\n', ' '), 0, 'unable to load root certificates: unable to parse bytes as PEM block'],
  ['private key', privatePem(key), 0, 'unable to load root certificates: no valid certificate authority data seen'],
  ['private key and a blank line', `${privatePem(key)}\n`, 0, 'unable to load root certificates: unable to parse bytes as PEM block'],
  ['garbage', garbage, 0, 'unable to load root certificates: failed to parse certificate: x509: malformed certificate'],
])('caBundle: %s', (_, text, count, fault) => {
  const bundle = readCaBundle(text);
  expect([bundle.certificates.length, bundle.fault]).toEqual([count, fault]);
});
