import { expect, test } from 'vitest';
import type { Gathered } from '../../src/check.ts';
import type { AnyCheck, Problem } from '../../src/model.ts';
import { judge } from '../../src/run/judge.ts';

const problem = (message: string): Problem => ({ message, at: { probe: 'x' }, fix: { text: 'Repair it.' } });
const seen = { ok: true, value: 'file' };
const unseen = { ok: false, why: 'excluded', message: 'lies elsewhere' };

/** kube-apiservers whose certificates are visible or not, and a log line that proves something. */
const gathered = (...files: readonly object[]) =>
  ({
    cluster: { now: { ok: true, value: 'now' }, loggedRejection: { ok: true, value: 'line' } },
    apiserver: {
      ok: true,
      value: files.map((proxyClientCert, index) => ({
        subject: { scope: 'apiserver', name: `cp-${index + 1}` },
        facts: { proxyClientCert },
      })),
    },
  }) as unknown as Gathered;
const check = (proves: readonly Problem[], more: Partial<AnyCheck> = {}): AnyCheck => ({
  id: 'expired',
  title: 'expired',
  severity: 'error',
  modes: [],
  scope: 'apiserver',
  needs: ['proxyClientCert'],
  explain: { looksAt: '', why: '', kubernetes: '', repair: '', mirrors: '' },
  run: () => [],
  proof: { needs: ['loggedRejection'], run: () => proves },
  ...more,
});
const verdicts = (one: AnyCheck, facts: Gathered) => judge([one], facts).map(({ subject, verdict }) => [subject.name, verdict.is]);

test.each([
  ['nothing is visible: the proof counts, once', [unseen, unseen], [['', 'failed']]],
  [
    'everything is visible: nobody asks for a proof',
    [seen, seen],
    [
      ['cp-1', 'passed'],
      ['cp-2', 'passed'],
    ],
  ],
  [
    'what is visible is judged, the proof speaks for the rest',
    [seen, unseen],
    [
      ['cp-1', 'passed'],
      ['', 'failed'],
    ],
  ],
])('%s', (_, files, expected) => {
  expect(verdicts(check([problem('by the log')]), gathered(...files))).toEqual(expected);
});

test('a proof that proves nothing leaves what was skipped as it was', () => {
  expect(verdicts(check([]), gathered(unseen))).toEqual([['cp-1', 'skipped']]);
});

test('a proof that the check passes takes the place of what was skipped', () => {
  const passing = check([], { proof: { needs: ['loggedRejection'], run: () => 'passes' } });
  expect(verdicts(passing, gathered(unseen, unseen))).toEqual([['', 'passed']]);
});

test('without the facts of a proof the check is skipped, and the proof is no reason for anything', () => {
  const lacking = check([problem('by the log')], { proof: { needs: ['authConfigMap'], run: () => [problem('by the log')] } });
  const facts = gathered(unseen);
  const without = { ...facts, cluster: { ...facts.cluster, authConfigMap: unseen } } as unknown as Gathered;
  expect(verdicts(lacking, without)).toEqual([['cp-1', 'skipped']]);
});
