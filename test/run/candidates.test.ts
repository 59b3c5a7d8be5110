import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/model.ts';
import { candidatesFor, type Skipped, withCandidates } from '../../src/run/candidates.ts';

const skipped: Skipped = new Map([
  ['pair', { scope: 'apiserver', fact: 'apiserver' }],
  ['file', { scope: 'apiserver', fact: 'nodeFiles' }],
  ['rights', { scope: 'apiservice', fact: 'delegation' }],
]);
const all = ['pair', 'file', 'rights', 'passed'];
const candidates = (problem: Parameters<typeof candidatesFor>[0] = {}, hosted = false) => candidatesFor(problem, all, skipped, hosted);

describe('a candidate', () => {
  test('is an explanation that could not be looked at', () => expect(candidates()).toEqual(['pair', 'file', 'rights']));
  test('is nothing that only a provider sets', () => expect(candidates({}, true)).toEqual(['file', 'rights']));
  test('is nothing elsewhere, where the cause is with the subject', () => expect(candidates({ isLocal: true })).toEqual(['rights']));
  test('is what the evidence leaves', () => {
    expect(candidates({ leaves: ['file', 'passed'] })).toEqual(['file']);
    expect(candidates({ leaves: [] })).toEqual([]);
  });
});

const finding = (ids: readonly string[]) =>
  withCandidates(
    { id: 'one', mayBeExplainedBy: ids } as unknown as Finding,
    new Map(ids.map((id) => [id, { scope: 'apiserver', fact: 'apiserver' }])),
  );
test('up to four candidates are named; of more the facts that would tell them apart', () => {
  expect(finding(['a', 'b', 'c', 'd'])).toEqual({ id: 'one', mayBeExplainedBy: ['a', 'b', 'c', 'd'] });
  expect(finding(['a', 'b', 'c', 'd', 'e'])).toEqual({
    id: 'one',
    mayBeExplainedBy: [],
    undecided: { candidates: 5, facts: ['apiserver'] },
  });
});
