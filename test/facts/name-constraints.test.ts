import { expect, test } from 'vitest';
import { readBundle } from '../../src/x509/bundle.ts';
import { verifyChain } from '../../src/x509/chain.ts';
import { dnsName, issue, keyPair, network, type Recipe } from '../support/pki.ts';

type Subtrees = NonNullable<Recipe['nameConstraints']>;
const ten = network(10, 0, 0, 0, 255, 0, 0, 0);
const permitted: Subtrees = { permitted: [dnsName('example.com'), ten] };
const excluded: Subtrees = { excluded: [dnsName('.example.com'), dnsName('a.org'), ten] };

const verdict = (nameConstraints: Subtrees, names: Pick<Recipe, 'dns' | 'ip'>) => {
  const root = issue({ subject: [['CN', 'ca']], key: keyPair('p-256', 'a'), basicConstraints: { ca: true }, nameConstraints });
  const leaf = issue({ subject: [['CN', 'x']], key: keyPair('p-256', 'leaf'), issuer: root, ...names });
  const [chain, roots] = [readBundle(leaf.pem).certificates, readBundle(root.pem).certificates];
  return verifyChain({ chain, roots, at: new Date(), usage: 'clientAuth' });
};

test.each<[string, Subtrees, Pick<Recipe, 'dns' | 'ip'>]>([
  ['no alternative names, as in a certificate of kubeadm', permitted, {}],
  ['a permitted domain and one below it', permitted, { dns: ['example.com', 'a.EXAMPLE.com'] }],
  ['a permitted address', permitted, { ip: [Buffer.of(10, 1, 2, 3)] }],
  ['every domain is permitted', { permitted: [dnsName('')] }, { dns: ['a.b'] }],
  ['the domain above what is excluded', excluded, { dns: ['example.com'] }],
  ['an address outside', excluded, { ip: [Buffer.of(11, 0, 0, 0)] }],
  ['addresses do not matter to domains', { permitted: [ten] }, { dns: ['a.b'] }],
])('passes: %s', (_, subtrees, names) => {
  expect(verdict(subtrees, names)).toBeNull();
});

test.each<[string, Subtrees, Pick<Recipe, 'dns' | 'ip'>]>([
  ['DNS name "xexample.com" is not permitted by any constraint', permitted, { dns: ['example.com', 'xexample.com'] }],
  ['IP address "11.0.0.1" is not permitted by any constraint', permitted, { ip: [Buffer.of(11, 0, 0, 1)] }],
  [
    'IP address "2001:db8::1" is not permitted by any constraint',
    permitted,
    { ip: [Buffer.from('20010db8000000000000000000000001', 'hex')] },
  ],
  ['DNS name "a.example.com" is excluded by constraint ".example.com"', excluded, { dns: ['a.example.com'] }],
  ['DNS name "*.org" is excluded by constraint "a.org"', excluded, { dns: ['*.org'] }],
  ['IP address "10.9.8.7" is excluded by constraint "10.0.0.0/8"', excluded, { ip: [Buffer.of(10, 9, 8, 7)] }],
  ['x509: cannot parse dnsName "a..b"', excluded, { dns: ['a..b'] }],
])('forbidden: %s', (reason, subtrees, names) => {
  const text = `x509: a root or intermediate certificate is not authorized to sign for this name: ${reason}`;
  expect(verdict(subtrees, names)).toEqual({ kind: 'constraint', text, above: true });
});
