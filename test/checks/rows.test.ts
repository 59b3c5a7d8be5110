import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import type { AnyCheck, Owners } from '../../src/model.ts';
import { issuerOf } from '../../src/owners/issuer.ts';
import { inTermsOf, ownerFor } from '../../src/owners/words.ts';
import { productOf } from '../../src/products/index.ts';
import { reaching } from '../../src/run/attribute.ts';
import { explanationsAmong } from '../../src/run/causes.ts';
import { judge } from '../../src/run/judge.ts';
import { type Change, changed, healthy } from '../support/facts.ts';
import type { Expected } from './row.ts';
import { rows } from './rows.ts';

const part = (text: string) => expect.stringContaining(text);
const parts = (texts: string | readonly string[]) => (typeof texts === 'string' ? expect.arrayContaining([part(texts)]) : texts.map(part));

/** The shape that a problem must have. */
const problem = ({ says, evidence, effects, command, fix, explainedBy, ...exactly }: Expected) => ({
  ...exactly,
  ...(explainedBy && { explainedBy: explainedBy.toSorted() }),
  ...(says && { message: part(says) }),
  ...(evidence && { evidence: parts(evidence) }),
  ...(effects && { effects: parts(effects) }),
  fix: expect.objectContaining({
    ...(fix && { text: part(fix) }),
    ...(command && { commands: expect.arrayContaining([part(command)]) }),
  }),
});
/** Whom the row names, or what its APIService shows of the certificate's issuer. */
const ownersIn = ({ owners, apiService = healthy.apiService }: Change): Owners | null => {
  if (typeof owners === 'object') return owners;
  return typeof apiService === 'object'
    ? { workload: null, service: null, apiService: null, certificate: issuerOf(apiService, null, productOf(apiService, null)) }
    : null;
};
const explanations = explanationsAmong(checks);
/** Its problems with what would explain them. */
const verdictOf = (check: AnyCheck, change: Change) => {
  const verdict = judge([{ ...check, after: [] }], changed(change))[0]?.verdict;
  if (verdict?.is !== 'failed') return verdict;
  return {
    ...verdict,
    problems: verdict.problems.map((one) => ({
      ...reaching(one, 'every user'),
      aspect: one.aspect ?? null,
      latent: one.latent ?? false,
      effects: one.effects ?? [],
      fix: inTermsOf(ownerFor(one.fix, ownersIn(change)), one.fix),
      explainedBy: explanations(check, one).toSorted(),
    })),
  };
};

describe.each(checks.map((check) => ({ id: check.id, check })))('$id', ({ id, check }) => {
  test.each(rows[id] ?? [])('%s', (_, change, expected) => {
    const verdict = verdictOf(check, change);
    if (typeof expected === 'string')
      expect(verdict).toEqual({ is: expected, ...(expected === 'skipped' && { because: expect.anything() }) });
    else expect(verdict).toMatchObject({ is: 'failed', problems: expected.map(problem) });
  });

  test('has rows that pass and rows that fail', () => {
    const verdicts = (rows[id] ?? []).map(([, , expected]) => expected);
    expect(verdicts).toContain('passed');
    expect(verdicts.some((expected) => typeof expected !== 'string')).toBe(true);
  });
});
