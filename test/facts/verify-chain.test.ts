import { expect, test } from 'vitest';
import type { ChainFault } from '../../src/model.ts';
import { readBundle } from '../../src/x509/bundle.ts';
import { secondFault, verifyChain } from '../../src/x509/chain.ts';
import { extension, type Issued, issue, keyPair, type Recipe } from '../support/pki.ts';

const at = new Date('2026-11-23T12:00:00.250Z');
const day = (offset: number) => new Date(Date.UTC(2026, 10, 23 + offset));
const RSA = { a: keyPair('rsa-1024', 'a'), b: keyPair('rsa-1024', 'b'), leaf: keyPair('rsa-1024', 'leaf') };
const EC = { a: keyPair('p-256', 'a'), b: keyPair('p-256', 'b'), leaf: keyPair('p-256', 'leaf') };
const ED = { a: keyPair('ed25519', 'a'), b: keyPair('ed25519', 'b') };

const validity = { notBefore: day(-30), notAfter: day(30) };
const identifiers = { subjectKeyId: true, authorityKeyId: true };
const ca = (recipe: Partial<Recipe> = {}): Issued =>
  issue({
    subject: [['CN', 'front-proxy-ca']],
    key: EC.a,
    ...validity,
    ...identifiers,
    basicConstraints: { ca: true },
    keyUsage: ['keyCertSign'],
    ...recipe,
  });
const client = (issuer: Issued, recipe: Partial<Recipe> = {}): Issued =>
  issue({
    subject: [['CN', 'front-proxy-client']],
    key: EC.leaf,
    issuer,
    ...validity,
    ...identifiers,
    extendedKeyUsage: ['clientAuth'],
    ...recipe,
  });
const middle = (issuer: Issued, recipe: Partial<Recipe> = {}) => ca({ subject: [['CN', 'intermediate']], key: EC.b, issuer, ...recipe });
const selfSigned = issue({ subject: [['CN', 'alone']], key: EC.leaf, ...validity });

const root = ca();
const sub = middle(root);
const rsaRoot = ca({ key: RSA.a });
const stranger = ca({ key: EC.b });
const expiry = 'x509: certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is';
const unknown = 'x509: certificate signed by unknown authority';
const because = (reason: string, candidate = 'front-proxy-ca') =>
  `${unknown} (possibly because of "${reason}" while trying to verify candidate authority certificate "${candidate}")`;
const usage = 'x509: certificate specifies an incompatible key usage';
const cannotSign = 'x509: invalid signature: parent certificate cannot sign this kind of certificate';
const tooLong = 'x509: too many intermediates for path length constraint';

type Row = readonly [
  name: string,
  chain: readonly Issued[],
  roots: readonly Issued[],
  verdict: readonly [ChainFault['kind'], string, above?: 'above'] | null,
];

const rows: readonly Row[] = [
  ['ECDSA', [client(root)], [root], null],
  ['RSA', [client(rsaRoot, { key: RSA.leaf })], [rsaRoot], null],
  ['Ed25519', [client(ca({ key: ED.a }), { key: ED.b })], [ca({ key: ED.a })], null],
  ['RSA-PSS', [client(rsaRoot, { hash: 'pss' })], [rsaRoot], null],
  ['old CA before the right one', [client(root)], [ca({ key: EC.b }), root], null],
  ['no EKU', [issue({ subject: [['CN', 'x']], key: EC.leaf, issuer: root, ...validity })], [root], null],
  ['any EKU', [client(root, { extendedKeyUsage: ['any'] })], [root], null],
  ['leaf and intermediate', [client(sub), sub], [root], null],
  ['intermediate among the roots', [client(sub)], [sub], null],
  ['the leaf itself is trusted', [selfSigned], [selfSigned], null],
  ['another key identifier, right key', [client(root, { authorityKeyId: 'other' })], [root], null],
  ['root without keyUsage', [client(ca({ keyUsage: [] }))], [ca({ keyUsage: [] })], null],
  ['root of version 1', [client(ca({ version: 1 }))], [ca({ version: 1 })], null],
  ['SHA-1 on the root itself', [client(ca({ hash: 'sha1' }))], [ca({ hash: 'sha1' })], null],
  ['cross-signed, only the other root trusted', [client(root), ca({ subject: [['CN', 'front-proxy-ca']], issuer: sub })], [sub], null],

  ['as long as the path length allows', [client(sub), sub], [ca({ basicConstraints: { ca: true, pathLength: 1 } })], null],

  ['nothing presented', [], [root], ['other', "tls: client didn't provide a certificate"]],
  ['no roots', [client(root)], [], ['unknown-authority', unknown]],
  ['expired', [client(root, { notAfter: day(-1) })], [root], ['expired', `${expiry} after 2026-11-22T00:00:00Z`]],
  ['not yet valid', [client(root, { notBefore: day(1) })], [root], ['not-yet-valid', `${expiry} before 2026-11-24T00:00:00Z`]],
  ['expired, and of an unknown CA', [client(root, { notAfter: day(-1) })], [], ['expired', `${expiry} after 2026-11-22T00:00:00Z`]],
  ['CA expired', [client(root)], [ca({ notAfter: day(-1) })], ['expired', `${expiry} after 2026-11-22T00:00:00Z`, 'above']],
  ['CA not yet valid', [client(root)], [ca({ notBefore: day(1) })], ['not-yet-valid', `${expiry} before 2026-11-24T00:00:00Z`, 'above']],
  [
    'intermediate expired',
    [client(sub), middle(root, { notAfter: day(-1) })],
    [root],
    ['expired', `${expiry} after 2026-11-22T00:00:00Z`, 'above'],
  ],
  ['other CA', [client(root)], [ca({ subject: [['CN', 'other']] })], ['unknown-authority', unknown]],
  [
    'same printed name, other string type',
    [client(root)],
    [ca({ subject: [['CN', 'front-proxy-ca', 'utf8']] })],
    ['unknown-authority', unknown],
  ],
  ['same name, other key', [client(root)], [ca({ key: EC.b })], ['unknown-authority', because('x509: ECDSA verification failure')]],
  ['the same with RSA', [client(rsaRoot)], [ca({ key: RSA.b })], ['unknown-authority', because('crypto/rsa: verification error')]],
  [
    'the same with Ed25519',
    [client(ca({ key: ED.a }))],
    [ca({ key: ED.b })],
    ['unknown-authority', because('x509: Ed25519 verification failure')],
  ],
  [
    'the same without key identifiers',
    [client(rsaRoot, { authorityKeyId: false })],
    [ca({ key: RSA.b, subjectKeyId: false })],
    ['unknown-authority', because('crypto/rsa: verification error')],
  ],
  [
    'same name, other kind of key',
    [client(rsaRoot)],
    [root],
    ['unknown-authority', because('x509: signature algorithm specifies an RSA public key, but have public key of type *ecdsa.PublicKey')],
  ],
  [
    'the hint is of the likeliest candidate and quotes its organization',
    [client(ca({ subject: [['O', 'a "b"', 'utf8']] }))],
    [
      ca({ subject: [['O', 'a "b"', 'utf8']], subjectKeyId: 'x', key: RSA.a }),
      ca({ subject: [['O', 'a "b"', 'utf8']], subjectKeyId: false, key: EC.b }),
    ],
    ['unknown-authority', because('x509: ECDSA verification failure', 'a \\"b\\"')],
  ],
  [
    'of equal roots the first counts',
    [client(root, { authorityKeyId: false })],
    [stranger, ca({ key: RSA.a }), stranger],
    ['unknown-authority', because('x509: ECDSA verification failure')],
  ],
  [
    'SHA-1',
    [client(rsaRoot, { hash: 'sha1' })],
    [rsaRoot],
    ['unknown-authority', because('x509: cannot verify signature: insecure algorithm SHA1-RSA')],
  ],
  [
    'SHA-1 with ECDSA',
    [client(root, { hash: 'sha1' })],
    [root],
    ['unknown-authority', because('x509: cannot verify signature: insecure algorithm ECDSA-SHA1')],
  ],
  [
    'CA with RSA 512',
    [client(ca({ key: keyPair('rsa-512') }))],
    [ca({ key: keyPair('rsa-512') })],
    ['unknown-authority', because('crypto/rsa: 512-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)')],
  ],
  ['CA:FALSE', [client(root)], [ca({ basicConstraints: { ca: false } })], ['unknown-authority', because(cannotSign)]],
  [
    'CA of version 3 without basicConstraints',
    [client(root)],
    [issue({ subject: [['CN', 'front-proxy-ca']], key: EC.a, ...validity, ...identifiers })],
    ['unknown-authority', because(cannotSign)],
  ],
  ['CA without keyCertSign', [client(root)], [ca({ keyUsage: ['digitalSignature'] })], ['unknown-authority', because(cannotSign)]],
  ['intermediate missing', [client(sub)], [root], ['unknown-authority', unknown]],
  ['two CAs that signed each other', [client(root), ca({ issuer: sub }), sub], [], ['unknown-authority', unknown, 'above']],
  ['root missing', [client(sub), sub], [], ['unknown-authority', unknown, 'above']],
  [
    'intermediate of version 1',
    [client(sub), middle(root, { version: 1 })],
    [root],
    ['not-authorized-to-sign', 'x509: certificate is not authorized to sign other certificates', 'above'],
  ],
  ['path length', [client(sub), sub], [ca({ basicConstraints: { ca: true, pathLength: 0 } })], ['constraint', tooLong, 'above']],
  ['serverAuth only', [client(root, { extendedKeyUsage: ['serverAuth'] })], [root], ['incompatible-usage', usage]],
  ['a purpose that Go does not know', [client(root, { extendedKeyUsage: ['unknown'] })], [root], ['incompatible-usage', usage]],
  ['CA for serverAuth only', [client(root)], [ca({ extendedKeyUsage: ['serverAuth'] })], ['incompatible-usage', usage, 'above']],
  [
    'intermediate for serverAuth only',
    [client(sub), middle(root, { extendedKeyUsage: ['serverAuth'] })],
    [root],
    ['incompatible-usage', usage, 'above'],
  ],
  [
    'a critical extension that Go does not know',
    [client(root, { more: [extension('1.2.3', Buffer.of(5, 0), true)] })],
    [root],
    ['other', 'x509: unhandled critical extension'],
  ],
];

const read = (made: readonly Issued[]) => made.flatMap(({ pem }) => readBundle(pem).certificates);

test.each(rows)('%s', (_, chain, roots, verdict) => {
  const expected = verdict && { kind: verdict[0], text: verdict[1], above: verdict[2] === 'above' };
  expect(verifyChain({ chain: read(chain), roots: read(roots), at, usage: 'clientAuth' })).toEqual(expected);
});

test('both bounds belong to the validity', () => {
  const judge = (moment: Date) => verifyChain({ chain: read([client(root)]), roots: read([root]), at: moment, usage: 'clientAuth' });
  expect([judge(validity.notBefore), judge(validity.notAfter)]).toEqual([null, null]);
  expect(judge(new Date(validity.notAfter.getTime() + 1))?.kind).toBe('expired');
});

test('serverAuth asks for another purpose', () => {
  expect(verifyChain({ chain: read([client(root)]), roots: read([root]), at, usage: 'serverAuth' })?.kind).toBe('incompatible-usage');
});

test('a hundred signature checks are the limit', () => {
  const decoys = Array.from({ length: 101 }, (_, serial) => ca({ key: EC.b, serial: serial + 2 }));
  expect(
    verifyChain({ chain: read([client(root, { authorityKeyId: false })]), roots: read([...decoys, root]), at, usage: 'clientAuth' })?.text,
  ).toBe('x509: signature check attempts limit reached while verifying certificate chain');
});

const expired = { notAfter: day(-1) };
test.each<[string, readonly Issued[], readonly Issued[], ChainFault['kind'] | undefined]>([
  ['nothing but the dates', [client(root, expired)], [root], undefined],
  ['not yet valid', [client(root, { notBefore: day(1) })], [root], undefined],
  ['of another CA', [client(root, expired)], [ca({ key: EC.b })], 'unknown-authority'],
  ['serverAuth only', [client(root, { ...expired, extendedKeyUsage: ['serverAuth'] })], [root], 'incompatible-usage'],
  ['the CA is expired as well', [client(root, { notAfter: day(-2) })], [ca(expired)], 'expired'],
])('behind the dates: %s', (_, chain, roots, kind) => {
  const judged = { chain: read(chain), roots: read(roots), at, usage: 'clientAuth' } as const;
  expect(verifyChain(judged)?.above).toBe(false);
  expect(secondFault(judged)?.kind).toBe(kind);
});
