/** Certificates and keys that are sound in an unusual form: nothing is found, and what they are for was checked. */
import { expect, test } from 'vitest';
import { type KeyKind, keyPair, privatePem } from '../support/pki.ts';
import { authority, type Files, inDays, leaf, pki, pkiFiles, saidOf, signer, withFlags } from './node.ts';

const certificate = `${pki}/front-proxy-client.crt`;
const key = `${pki}/front-proxy-client.key`;
const trusted = `${pki}/front-proxy-ca.crt`;
const own = leaf(signer);
const root = authority('front-proxy-root');
const between = authority('front-proxy-intermediate', { issuer: root, authorityKeyId: true });
const below = leaf(between);
const older = authority('front-proxy-ca', { key: keyPair('p-256', 'older'), serial: 2, notAfter: inDays(200) });
const gone = authority('old-ca', { notBefore: inDays(-900), notAfter: inDays(-30) });
const rsa = (type: 'pkcs1' | 'pkcs8') => keyPair('rsa-2048', 'front-proxy').privateKey.export({ type, format: 'pem' }).toString();
const sec1 = own.key.privateKey.export({ type: 'sec1', format: 'pem' }).toString();
const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
const dump = 'Certificate:\n    Data:\n        Version: 3 (0x2)\n    Signature Algorithm: ecdsa-with-SHA256\n';
const of = (kind: KeyKind): Files => {
  const by = authority('front-proxy-ca', { key: keyPair(kind, 'ca') });
  const made = leaf(by, { key: keyPair(kind, 'leaf') });
  return { [trusted]: by.pem, [certificate]: made.pem, [key]: privatePem(made.key) };
};
const with_ = (recipe: Parameters<typeof leaf>[1]): Files => ({ [certificate]: leaf(signer, recipe).pem });
const signedBy = (recipe: Parameters<typeof authority>[1]): Files => {
  const by = authority('front-proxy-ca', recipe);
  return { [trusted]: by.pem, [certificate]: leaf(by).pem };
};
const crlf = (text: string) => text.replaceAll('\n', '\r\n');

test.each<[string, Files]>([
  ['keys on P-384', of('p-384')],
  ['Ed25519 keys', of('ed25519')],
  ['RSA keys', of('rsa-2048')],
  ['an RSA leaf under an elliptic CA', { ...with_({ key: keyPair('rsa-2048', 'front-proxy') }), [key]: rsa('pkcs8') }],
  ['an elliptic leaf under an RSA CA', signedBy({ key: keyPair('rsa-2048', 'ca') })],
  ['signed with PSS', signedBy({ key: keyPair('rsa-2048', 'ca'), hash: 'pss' })],
  ['signed with SHA-384', signedBy({ key: keyPair('rsa-2048', 'ca'), hash: 'sha384' })],
  ['the intermediate behind the leaf', { [certificate]: below.pem + between.pem, [trusted]: root.pem }],
  ['the whole chain behind the leaf', { [certificate]: below.pem + between.pem + root.pem, [trusted]: root.pem }],
  ['an intermediate that is trusted by itself', { [certificate]: below.pem, [trusted]: between.pem }],
  ['an intermediate and its root trusted', { [certificate]: below.pem, [trusted]: root.pem + between.pem }],
  ['a CA before its successor of the same name', { [trusted]: older.pem + signer.pem }],
  ['a CA behind its successor of the same name', { [trusted]: signer.pem + older.pem }],
  ['the same CA twice', { [trusted]: signer.pem + signer.pem }],
  ['a CA of others beside', { [trusted]: authority('others').pem + signer.pem }],
  ['an expired CA beside', { [trusted]: gone.pem + signer.pem }],
  ['a CA without a key id', signedBy({ subjectKeyId: false })],
  ['a leaf without the key id of its CA', with_({ authorityKeyId: false })],
  ['a CA without key usages', signedBy({ keyUsage: [] })],
  ['a CA that may sign lists as well', signedBy({ keyUsage: ['keyCertSign', 'cRLSign', 'digitalSignature'] })],
  ['a CA for no further CA', signedBy({ basicConstraints: { ca: true, pathLength: 0 } })],
  ['a CA that says what it is for', signedBy({ extendedKeyUsage: ['clientAuth', 'serverAuth'] })],
  ['a leaf for any purpose', with_({ extendedKeyUsage: ['any'] })],
  ['a leaf for servers, too', with_({ extendedKeyUsage: ['serverAuth', 'clientAuth'] })],
  ['a leaf without purposes', with_({ extendedKeyUsage: [] })],
  ['a leaf with its key usages', with_({ keyUsage: ['digitalSignature', 'keyEncipherment'] })],
  ['a leaf that says that it is no CA', with_({ basicConstraints: { ca: false } })],
  [
    'a leaf with an organization',
    with_({
      subject: [
        ['O', 'system:nodes'],
        ['CN', 'front-proxy-client'],
      ],
    }),
  ],
  ['a leaf whose name is UTF-8', with_({ subject: [['CN', 'front-proxy-client', 'utf8']] })],
  ['a leaf with alternative names', with_({ dns: ['front-proxy-client.kube-system.svc'] })],
  ['a serial number of 20 bytes', with_({ serial: 2 ** 40 })],
  ['a CA until 2126', signedBy({ notAfter: new Date('2126-01-01') })],
  ['a CA without an end', signedBy({ notAfter: new Date('9999-12-31T23:59:59Z') })],
  ['Windows line ends', { [certificate]: crlf(own.pem), [trusted]: crlf(signer.pem), [key]: crlf(privatePem(own.key)) }],
  ['what openssl prints before a certificate', { [certificate]: dump + own.pem, [trusted]: dump + signer.pem }],
  ['remarks between certificates', { [trusted]: `# old\n${older.pem}\n# new\n${signer.pem}\n\n` }],
  ['no line end at the end', { [certificate]: own.pem.trimEnd(), [trusted]: signer.pem.trimEnd(), [key]: privatePem(own.key).trimEnd() }],
  ['a key in the form of SEC 1', { [key]: sec1 }],
  ['a key behind its parameters', { [key]: parameters + sec1 }],
  ['a key in the form of PKCS #1', { ...with_({ key: keyPair('rsa-2048', 'front-proxy') }), [key]: rsa('pkcs1') }],
  ['certificate and key in one file', { ...withFlags({ 'proxy-client-cert-file': key }), [key]: own.pem + privatePem(own.key) }],
  ['links, as kubelet makes them for a Secret', { [certificate]: { to: 'now/tls.crt' }, [`${pki}/now/tls.crt`]: own.pem }],
  ['a link that is absolute', { [certificate]: { to: `${pki}/now/tls.crt` }, [`${pki}/now/tls.crt`]: own.pem }],
])('%s', async (_, files) => {
  const { wrong, healthy } = await saidOf({ ...pkiFiles, ...withFlags({}), ...files });
  expect(wrong).toEqual([]);
  expect(healthy).toBeGreaterThan(35);
});

test('what looks alike and is broken is found', async () => {
  const broken: readonly Files[] = [
    { [trusted]: older.pem },
    { [trusted]: root.pem, [certificate]: below.pem },
    { [certificate]: between.pem + below.pem, [trusted]: root.pem },
    { [key]: parameters },
    with_({ extendedKeyUsage: ['serverAuth'] }),
    signedBy({ keyUsage: ['cRLSign'] }),
    { [certificate]: { to: 'nowhere' } },
  ];
  for (const files of broken) expect((await saidOf({ ...pkiFiles, ...withFlags({}), ...files })).wrong).not.toEqual([]);
});
