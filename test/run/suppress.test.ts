/** Suppressions over findings that are made up, and over recordings of the lab. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import type { AnyCheck, Subject, Suppression } from '../../src/model.ts';
import { attribute } from '../../src/run/attribute.ts';
import { explanationsAmong } from '../../src/run/causes.ts';
import { type Diagnosis, run } from '../../src/run/index.ts';
import type { Result } from '../../src/run/judge.ts';
import { suppressing } from '../../src/run/suppress.ts';
import { withRemarks } from '../../src/run/suppression-remarks.ts';
import { gathered, scenarioOf } from '../support/scenarios.ts';

const entry = (check: string, more: Partial<Suppression> = {}): Suppression => ({
  check,
  subject: null,
  reason: 'known',
  until: null,
  at: { file: 'known.yaml', line: 2 },
  ...more,
});
const noon = new Date('2026-11-23T12:00:00Z');
const ofApi = (name: string): Subject => ({ scope: 'apiservice', name });

describe('an entry', () => {
  const matched = (one: Suppression, id: string, subject: Subject, now: Date | null = noon) =>
    suppressing([one], now)(id, subject) !== undefined;
  test.each<[Suppression, string, string, boolean]>([
    [entry('a'), 'a', 'x', true],
    [entry('a'), 'b', 'x', false],
    [entry('a*'), 'ab', '', true],
    [entry('a', { subject: 'v1.*' }), 'a', 'v1.x', true],
    [entry('a', { subject: 'v1.*' }), 'a', 'v2.x', false],
    [entry('a', { subject: 'v1.*' }), 'a', '', false],
  ])('%j and %s of %s: %s', (one, id, name, is) => expect(matched(one, id, ofApi(name))).toBe(is));

  test.each([
    ['2026-11-23', true],
    ['2026-11-24', true],
    ['2026-11-22', false],
  ])('holds to the end of its last day, %s, in UTC: %s', (until, holds) =>
    expect(matched(entry('a', { until }), 'a', ofApi('x'))).toBe(holds),
  );
  test('with a last day suppresses nothing where nobody knows what day it is', () => {
    expect(matched(entry('a', { until: '2999-01-01' }), 'a', ofApi('x'), null)).toBe(false);
    expect(matched(entry('a'), 'a', ofApi('x'), null)).toBe(true);
  });
});

describe('roots and symptoms', () => {
  const check = (id: string, more: Partial<AnyCheck> = {}): AnyCheck => ({
    id,
    title: id,
    severity: 'error',
    modes: [],
    scope: 'cluster',
    needs: [],
    explain: { looksAt: '', why: '', kubernetes: '', repair: '', mirrors: '' },
    run: () => [],
    ...more,
  });
  const failed = (one: AnyCheck, name = ''): Result => ({
    check: one,
    subject: { scope: one.scope, name },
    verdict: { is: 'failed', problems: [{ message: one.id, at: { probe: 'x' }, fix: { text: '' } }] },
  });
  const causing = (id: string, more: Partial<AnyCheck> = {}) => check(id, { causes: { symptoms: ['symptom'] }, ...more });
  const symptom = check('symptom', { scope: 'apiservice' });
  /** Each finding with its symptoms; `-` before those that are suppressed. */
  function told(entries: readonly Suppression[], ...results: readonly Result[]) {
    const around = { hosted: false, ownersOf: () => null, suppressionOf: suppressing(entries, noon) };
    const all = [...new Set(results.map((one) => one.check))];
    return attribute(results, explanationsAmong(all), around).map(({ id, subject, symptoms, suppression }) => [
      `${suppression ? '-' : ''}${id} ${subject.name}`.trim(),
      ...symptoms.map((one) => `${one.id} ${one.subject.name}`),
    ]);
  }

  test('a suppressed root takes what it alone causes with it', () =>
    expect(told([entry('root')], failed(causing('root')), failed(symptom, 'a'), failed(check('other')))).toEqual([
      ['-root', 'symptom a'],
      ['other'],
    ]));
  test('what another root causes, too, is told of that one', () =>
    expect(told([entry('root')], failed(causing('root')), failed(causing('second')), failed(symptom, 'a'))).toEqual([
      ['-root'],
      ['second', 'symptom a'],
    ]));
  test('also where a link between them is not suppressed', () => {
    const link = causing('link');
    const root = check('root', { causes: { symptoms: ['link'] } });
    expect(told([entry('root')], failed(root), failed(link), failed(causing('second')), failed(symptom, 'a'))).toEqual([
      ['-root', 'link '],
      ['second', 'symptom a'],
    ]);
  });
  test('an entry for a symptom hides no root', () =>
    expect(told([entry('symptom')], failed(causing('root')), failed(symptom, 'a'))).toEqual([['root', 'symptom a']]));
  test('a symptom without a root is suppressed for its own subject', () =>
    expect(told([entry('symptom', { subject: 'a' })], failed(symptom, 'a'), failed(symptom, 'b'))).toEqual([
      ['-symptom a'],
      ['symptom b'],
    ]));
});

const about = { aggctl: '0', source: 'x' };
async function diagnosed(name: string, ...entries: readonly Suppression[]) {
  const scenario = scenarioOf(name);
  const facts = await gathered(scenario);
  return run(checks, facts, about, { file: 'known.yaml', entries });
}

describe('a recording', () => {
  test('what is suppressed is in no other count, and says by which entry', async () => {
    const whole = await diagnosed('front-proxy-client-expired');
    const one = await diagnosed('front-proxy-client-expired', entry('front-proxy-client-expired', { until: '2026-12-31' }));
    expect([whole.findings.length, whole.suppressed, one.findings]).toEqual([1, [], []]);
    expect(one.suppressed).toEqual([
      { ...whole.findings[0], suppression: { reason: 'known', until: '2026-12-31', at: { file: 'known.yaml', line: 2 } } },
    ]);
    expect(one.summary).toEqual({ ...whole.summary, error: 0, suppressed: 1 });
  });

  test('of several APIServices with one fix those that are named are suppressed', async () => {
    const whole = await diagnosed('extension-server-down');
    const [{ id, subject } = { id: '', subject: ofApi('') }] = whole.findings;
    const none = await diagnosed('extension-server-down', entry(id, { subject: 'v1.other' }));
    expect([none.findings.length, none.suppressed]).toEqual([whole.findings.length, []]);
    const one = await diagnosed('extension-server-down', entry(id, { subject: subject.name }));
    expect(one.suppressed?.map((each) => each.id)).toEqual([id]);
  });
});

describe('what is said of the file', () => {
  const remarks = (diagnoses: readonly Diagnosis[], now: Date | null, ...entries: readonly Suppression[]) =>
    withRemarks(diagnoses, { file: 'known.yaml', entries }, now).map(({ findings }) =>
      findings.filter(({ id }) => id.startsWith('suppression-')).map(({ id, subject, evidence }) => [id, subject.name, evidence.at(-1)]),
    );
  const expired = 'front-proxy-client-expired';
  const said = async (scenario: string, one: Suppression) => (await remarks([await diagnosed(scenario, one)], noon, one))[0];

  test.each<[string, string, Suppression, readonly unknown[]]>([
    ['an entry that matches', expired, entry(expired), []],
    ['one that matches a symptom', expired, entry('apiservice-unavailable'), []],
    ['one that matches nothing', 'healthy', entry(expired), [['suppression-unused', expired, 'its reason: known']]],
    [
      'one of a subject that is not there',
      expired,
      entry(expired, { subject: 'cp-9' }),
      [['suppression-unused', `${expired} cp-9`, 'its reason: known']],
    ],
    // The node's files are not visible there.
    ['one of a check that could not run', 'firewall-drops-pods-laptop', entry(expired), []],
    [
      'one that has expired',
      expired,
      entry(expired, { until: '2026-11-01' }),
      [['suppression-expired', expired, 'the problem still exists, and counts again']],
    ],
    [
      'one that has expired and matches nothing',
      'healthy',
      entry(expired, { until: '2026-11-01' }),
      [['suppression-expired', expired, 'no problem matches it']],
    ],
    [
      'one that has expired, of a check that could not run',
      'firewall-drops-pods-laptop',
      entry(expired, { until: '2026-11-01' }),
      [['suppression-expired', expired, 'its reason: known']],
    ],
  ])('%s', async (_, scenario, one, says) => expect(await said(scenario, one)).toEqual(says));

  test('of several clusters the first says it, and an entry that one of them needs is not unused', async () => {
    const [one, other] = [entry(expired), entry('configmap-missing')];
    const both = await Promise.all([diagnosed('healthy', one, other), diagnosed(expired, one, other)]);
    expect(remarks(both, noon, one, other)).toEqual([[['suppression-unused', 'configmap-missing', 'its reason: known']], []]);
  });

  test('a warning and a remark are counted, in their order', async () => {
    const [first, second] = [entry('configmap-missing'), entry('configmap-missing', { until: '2026-11-01' })];
    const [one] = withRemarks([await diagnosed(expired, first, second)], { file: 'known.yaml', entries: [first, second] }, noon);
    expect(one?.findings.map(({ severity }) => severity)).toEqual(['error', 'warning', 'info']);
    expect(one?.summary).toMatchObject({ error: 1, warning: 1, info: 1, suppressed: 0 });
    expect(one?.findings.at(-1)).toMatchObject({
      at: { file: 'known.yaml', line: 2 },
      fix: { text: 'Remove the entry from line 2 of `known.yaml`.' },
    });
  });
});
