/** aggctl's judgement of certificates against Go's own, over the same chains, bundles and pairs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ChainFault } from '../../src/model.ts';
import { readBundle, readPair } from '../../src/x509/bundle.ts';
import { secondFault, verifyChain } from '../../src/x509/chain.ts';
import { randomBundle, randomChain, randomServer } from '../support/chains.ts';
import { pairs, textFile } from '../support/pairs.ts';

interface Verdict {
  readonly text: string;
  readonly kind: string;
  readonly above: boolean;
}

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aggctl-verifier-'));
  execFileSync('go', ['build', '-o', join(folder, 'verifier'), '.'], { cwd: join(import.meta.dirname, 'verifier') });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const goSays = (cases: readonly object[]): readonly Verdict[] =>
  JSON.parse(execFileSync(join(folder, 'verifier'), { input: JSON.stringify(cases), encoding: 'utf8', maxBuffer: 1 << 26 }));

/** Go names no certificate with these. */
const NAMELESS: readonly string[] = ['incompatible-usage', 'other'];
const verdictOf = (fault: ChainFault | null): Verdict => {
  if (!fault) return { text: '', kind: '', above: false };
  const named = !NAMELESS.includes(fault.kind) && !fault.text.includes('not authorized to sign for this name');
  return { text: fault.text, kind: fault.kind, above: named && fault.above };
};

test('chains', { timeout: 60_000 }, () => {
  const cases = Array.from({ length: 2000 }, (_, seed) => ({ ...randomChain(seed), renewLeaf: seed % 3 === 0 }));
  const go = goSays(cases);
  const ours = cases.map(({ chain, roots, at, usage, renewLeaf }) => {
    const judged = { chain: readBundle(chain).certificates, roots: readBundle(roots).certificates, at: new Date(at), usage };
    return verdictOf(renewLeaf ? secondFault(judged) : verifyChain(judged));
  });
  const differences = go.flatMap((theirs, seed) => {
    const mine = ours[seed];
    return JSON.stringify(mine) === JSON.stringify(theirs) ? [] : [{ seed, theirs, mine }];
  });
  expect(differences.slice(0, 5)).toEqual([]);
  const kinds = [
    '',
    'expired',
    'not-yet-valid',
    'unknown-authority',
    'incompatible-usage',
    'not-authorized-to-sign',
    'constraint',
    'other',
  ];
  expect(new Set(go.map(({ kind }) => kind))).toEqual(new Set(kinds));
});

test('names of servers', { timeout: 60_000 }, () => {
  const cases = Array.from({ length: 2000 }, (_, seed) => randomServer(seed));
  const go = goSays(cases);
  const differences = cases.flatMap(({ chain, roots, at, usage, host = '' }, seed) => {
    const judged = { chain: readBundle(chain).certificates, roots: readBundle(roots).certificates, at: new Date(at), usage, host };
    const mine = verdictOf(verifyChain(judged));
    const theirs = go[seed];
    return JSON.stringify(mine) === JSON.stringify(theirs) ? [] : [{ seed, host, theirs, mine }];
  });
  expect(differences.slice(0, 5)).toEqual([]);
  expect(new Set(go.map(({ kind }) => kind))).toEqual(new Set(['', 'hostname']));
  expect(go.some(({ text }) => text.includes('legacy Common Name'))).toBe(true);
});

test('bundles', { timeout: 60_000 }, () => {
  const texts = Array.from({ length: 2000 }, (_, seed) => randomBundle(seed));
  const differences = goSays(texts.map((bundle) => ({ bundle }))).flatMap(({ text }, seed) => {
    const mine = readBundle(texts[seed] ?? '').fault ?? '';
    return mine === text ? [] : [{ bundle: texts[seed], text, mine }];
  });
  expect(differences.slice(0, 5)).toEqual([]);
});

test('pairs', () => {
  const rows = pairs();
  const verdicts = goSays(rows.map(({ cert, key }) => ({ cert, key })));
  for (const [i, { name, cert, answer }] of rows.entries()) {
    const ours = readPair({ path: 'crt', answer: textFile(cert) }, { path: 'key', answer });
    expect({ name, text: ours?.text ?? '' }).toEqual({ name, text: verdicts[i]?.text });
  }
});
