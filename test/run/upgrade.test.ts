import { describe, expect, test } from 'vitest';
import type { Gathered } from '../../src/check.ts';
import type { AnyCheck, Finding, Missing, Subject, Verdict } from '../../src/model.ts';
import { upgradeOf } from '../../src/run/upgrade.ts';

const rule = { minor: 35, kind: 'shared-ca-refused', change: 'it refuses' } as const;
const gathered = (rules: readonly object[]) =>
  ({ cluster: { upgrade: { ok: true, value: { from: 34, to: 35, asked: true, newestKnown: 37, rules } } } }) as unknown as Gathered;
const judge = { id: 'shared', judges: ['shared-ca-refused'] } as unknown as AnyCheck;
const cp = (name: string): Subject => ({ scope: 'apiserver', name });
const unavailable: readonly Missing[] = [
  { fact: 'nodeFiles', subject: cp('cp-1'), why: 'excluded', message: 'on its node, run sudo aggctl doctor', checks: ['shared'] },
];
const problem = { message: '', at: { probe: '' }, fix: { text: '' } };
const symptomOf = (id: string): Finding => ({ id: 'root', symptoms: [{ id }] }) as unknown as Finding;

const changes = (
  verdicts: readonly Verdict[],
  more: { readonly checks?: readonly AnyCheck[]; readonly findings?: readonly Finding[] } = {},
) =>
  upgradeOf(gathered([rule]), {
    checks: [judge],
    findings: [],
    unavailable,
    ...more,
    results: verdicts.map((verdict, index) => ({ check: judge, subject: cp(`cp-${index + 1}`), verdict })),
  }).upgrade?.changes.map(({ unchecked }) => unchecked);

describe('a change counts as checked', () => {
  test.each<[string, readonly Verdict[]]>([
    ['where its check passed', [{ is: 'passed' }]],
    ['where the question does not arise', [{ is: 'inapplicable' }]],
    ['where there is nothing that it could break', []],
    ['where the check found that it breaks something', [{ is: 'failed', problems: [{ ...problem, since: 35 }] }]],
  ])('%s', (_, verdicts) => {
    expect(changes(verdicts)).toEqual([undefined]);
  });
});

describe('a change is not checked', () => {
  test.each<[string, readonly Verdict[], string]>([
    [
      'where a fact is out of sight',
      [{ is: 'skipped', because: { fact: 'nodeFiles', subject: cp('cp-1') } }],
      'on its node, run sudo aggctl doctor',
    ],
    [
      'where it is so on one of several nodes',
      [{ is: 'passed' }, { is: 'skipped', because: { fact: 'nodeFiles', subject: cp('cp-1') } }],
      'on its node, run sudo aggctl doctor',
    ],
    ['where another check comes first', [{ is: 'skipped', because: { check: 'other', subject: cp('cp-1') } }], 'first fix other'],
    ['where its check fails today', [{ is: 'failed', problems: [problem] }], 'first fix shared'],
    ['where its check crashed', [{ is: 'crashed', error: '' }], '`shared` crashed'],
  ])('%s', (_, verdicts, why) => {
    expect(changes(verdicts)).toEqual([why]);
  });

  test('and the root comes first, where its check shows a symptom', () => {
    expect(changes([{ is: 'failed', problems: [problem] }], { findings: [symptomOf('shared')] })).toEqual(['first fix root']);
  });
  test('where its checks were left out', () => {
    expect(changes([], { checks: [] })).toEqual(['the checks for it were not chosen']);
  });
  test('where no check judges it: the rule says what to look at', () => {
    const seen = { checks: [judge], results: [], findings: [], unavailable: [] };
    expect(upgradeOf(gathered([{ ...rule, look: 'look there' }]), seen).upgrade?.changes).toEqual([
      { version: '1.35', change: 'it refuses', unchecked: 'look there' },
    ]);
  });
});
