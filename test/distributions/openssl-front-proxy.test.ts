/** What is printed for clusters set up by hand is pasted into a shell: with the real openssl it makes what kube-apiserver and Go accept. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { issueWithOpenssl, makeFrontProxy, replaceCa } from '../../src/distributions/openssl-front-proxy.ts';
import type { FrontProxyIssue } from '../../src/model.ts';
import { pemBlocks } from '../../src/x509/pem.ts';
import { ca, client, days } from '../support/facts.ts';
import { type Issued, privatePem } from '../support/pki.ts';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

let folder = '';
const at = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(at(name), 'utf8');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aggctl-openssl-'));
  mkdirSync(at('bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = () => ({ ca: at('ca.pem'), cert: at('client.pem'), key: at('client-key.pem') });
const put = (stem: string, issued: Issued) => {
  writeFileSync(at(`${stem}.pem`), issued.pem);
  writeFileSync(at(`${stem}-key.pem`), privatePem(issued.key), { mode: 0o600 });
};
/** As pasted: each line by itself. kubectl shows the CA that is in the file, as kube-apiserver would publish it. */
function paste(commands: readonly string[]): SpawnSyncReturns<string> {
  writeFileSync(at('bin/kubectl'), `#!/bin/sh\ncat ${at('ca.pem')}\n`);
  chmodSync(at('bin/kubectl'), 0o755);
  const env = { PATH: `${at('bin')}:${process.env.PATH}`, TMPDIR: folder };
  return spawnSync('sh', ['-c', commands.join('\n')], { env, encoding: 'utf8' });
}
const leftOver = () => readdirSync(folder).filter((name) => name.startsWith('tmp.'));

function expectPair(caFile: string, commonName: string) {
  const leaf = new X509Certificate(read('client.pem'));
  const issuer = new X509Certificate(read(caFile));
  expect(leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey)).toBe(true);
  expect(leaf.checkPrivateKey(createPrivateKey(read('client-key.pem')))).toBe(true);
  expect([leaf.subject, leaf.keyUsage, leaf.ca]).toEqual([`CN=${commonName}`, ['1.3.6.1.5.5.7.3.2'], false]);
  expect([issuer.ca, new Date(leaf.validTo) > new Date()]).toEqual([true, true]);
}

const old = ca('kubernetes', { notAfter: new Date(Date.now() + 900 * 86_400_000) });
const issue = (change: Partial<FrontProxyIssue> = {}): FrontProxyIssue => ({
  ca: at('ca.pem'),
  caKey: { path: at('ca-key.pem'), is: 'fits', lines: null },
  pair: { cert: at('client.pem'), key: at('client-key.pem') },
  replaces: [at('client.pem'), at('client-key.pem')],
  renewable: true,
  commonName: 'aggregator',
  set: {},
  ...change,
});

describe.skipIf(!hasOpenssl)('openssl', () => {
  test('issues a pair from the CA, and keeps the old one', () => {
    put('ca', old);
    put('client', client(old, { notAfter: days(-3) }));
    paste(issueWithOpenssl(issue()) ?? []);
    expectPair('ca.pem', 'aggregator');
    expect(readdirSync(folder).filter((name) => /^client.*\.\d{14}$/.test(name))).toHaveLength(2);
    expect(leftOver()).toEqual([]);
  });

  test('issues from the second certificate of a bundle, to which the key belongs', () => {
    put('ca', old);
    const before = ca('old-ca').pem;
    writeFileSync(at('ca.pem'), before + old.pem);
    const lines = { from: before.split('\n').length, to: '$' } as const;
    paste(issueWithOpenssl(issue({ replaces: [], caKey: { path: at('ca-key.pem'), is: 'fits', lines } })) ?? []);
    writeFileSync(at('ca.pem'), old.pem);
    expectPair('ca.pem', 'aggregator');
  });

  test.each<[string, () => void]>([
    ['the key of another CA', () => writeFileSync(at('ca-key.pem'), privatePem(ca('x').key))],
    ['no key', () => rmSync(at('ca-key.pem'))],
    ['no CA', () => rmSync(at('ca.pem'))],
    ['a CA that may not sign', () => put('ca', ca('kubernetes', { basicConstraints: { ca: false } }))],
  ])('with %s changes nothing', (_, harm) => {
    put('ca', old);
    put('client', client(old));
    const before = read('client.pem') + read('client-key.pem');
    harm();
    paste(issueWithOpenssl(issue()) ?? []);
    expect(read('client.pem') + read('client-key.pem')).toBe(before);
  });

  test('makes a CA and a pair from nothing, and never over what is there', () => {
    paste(makeFrontProxy(files()));
    expectPair('ca.pem', 'front-proxy-client');
    expect(existsSync(at('ca-key.pem'))).toBe(true);
    expect(leftOver()).toEqual([]);
    const made = read('ca.pem');
    paste(makeFrontProxy(files()));
    expect(read('ca.pem')).toBe(made);
  });

  test('puts a new CA before the old one, and issues a pair under the same name only when it is published', () => {
    put('ca', old);
    put('client', client(old));
    paste(replaceCa({ files: files(), commonName: 'aggregator', expired: false, kubeconfig: null }) ?? []);
    expectPair('ca.pem', 'aggregator');
    expect(read('ca.pem')).toContain(old.pem.trim());
    expect(pemBlocks(read('ca.pem'))).toHaveLength(2);
    expect(leftOver()).toEqual([]);
  });

  test('puts a new CA in place of an expired one, which it keeps under another name', () => {
    put('ca', old);
    put('client', client(old));
    paste(replaceCa({ files: files(), commonName: 'aggregator', expired: true, kubeconfig: '/etc/kubernetes/admin.conf' }) ?? []);
    expectPair('ca.pem', 'aggregator');
    expect(pemBlocks(read('ca.pem'))).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => /^ca.*\.\d{14}$/.test(name))).toHaveLength(2);
  });
});

test.each([
  ['a name that openssl would split', { commonName: 'a/O=system:masters' }],
  ['the key of another CA', { caKey: { path: '/x.key', is: 'other', lines: null } as const }],
  ['no place for the pair', { pair: null }],
])('nothing is printed for %s', (_, change) => {
  expect(issueWithOpenssl(issue(change))).toBe(null);
});
