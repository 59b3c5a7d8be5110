/** The catalogue of known failures (failure-catalogue.json), and what checks say they find, are one list. */
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import failureCatalogue from './failure-catalogue.json' with { type: 'json' };
import { partly, uncovered } from './failure-modes.ts';

const covered = new Set(checks.flatMap(({ modes }) => modes));

test('each mode of the catalogue is found by a check, or has a reason why not', () => {
  expect([...covered, ...Object.keys(uncovered)].sort()).toEqual(Object.keys(failureCatalogue).sort());
});

test('a reason is a sentence, and what is found in part is found', () => {
  const reasons = [...Object.values(uncovered).map((why) => ('out' in why ? why.out : why.later)), ...Object.values(partly)];
  expect(reasons.filter((reason) => reason.length < 10)).toEqual([]);
  expect(Object.keys(partly).filter((mode) => !covered.has(mode))).toEqual([]);
});
