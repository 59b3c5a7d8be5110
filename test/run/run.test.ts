import { describe, expect, test } from 'vitest';
import type { Gathered } from '../../src/check.ts';
import type { AnyCheck, Command, Problem, Subject } from '../../src/model.ts';
import { attribute } from '../../src/run/attribute.ts';
import { explanationsAmong } from '../../src/run/causes.ts';
import { run } from '../../src/run/index.ts';
import { judge } from '../../src/run/judge.ts';
import { merge } from '../../src/run/merge.ts';
import { sh } from '../../src/sh.ts';

const explain = { looksAt: '', why: '', kubernetes: '', repair: '', mirrors: '' };
const problem = (message: string, more: Partial<Problem> = {}): Problem => ({
  message,
  at: { probe: 'x' },
  fix: { text: 'Repair it.' },
  ...more,
});
const check = (id: string, more: Partial<AnyCheck> = {}): AnyCheck => ({
  id,
  title: id,
  severity: 'error',
  modes: [],
  scope: 'cluster',
  needs: [],
  explain,
  run: () => [problem(id)],
  ...more,
});
const passes = { run: () => [] };

/** One kube-apiserver, two APIServices; the ConfigMap could not be read because the API is down. */
const flags = { byName: {} };
const gathered = {
  cluster: {
    clock: { ok: true, value: new Date(0) },
    userOptions: { ok: true, value: {} },
    connection: { ok: true, value: { context: 'prod', server: 'https://10.0.0.5:6443', from: 'kubeconfig' } },
    identity: { ok: false, why: 'excluded', message: '', because: { fact: 'version', subject: { scope: 'cluster', name: '' } } },
    distribution: { ok: true, value: null },
    provider: { ok: true, value: null },
    clockSkew: { ok: false, why: 'excluded', message: '', because: { fact: 'version', subject: { scope: 'cluster', name: '' } } },
    now: { ok: true, value: new Date(0) },
    version: { ok: false, why: 'unreachable', message: 'no answer' },
    authConfigMap: { ok: false, why: 'excluded', message: '', because: { fact: 'version', subject: { scope: 'cluster', name: '' } } },
    upgrade: { ok: false, why: 'excluded', message: '', because: { fact: 'version', subject: { scope: 'cluster', name: '' } } },
  },
  apiserver: { ok: true, value: [{ subject: { scope: 'apiserver', name: 'cp-1' }, facts: { flags: { ok: true, value: flags } } }] },
  apiservice: {
    ok: true,
    value: ['a', 'b'].map((name) => ({ subject: { scope: 'apiservice', name }, facts: { failure: { ok: true, value: name } } })),
  },
} as unknown as Gathered;

const verdicts = (...checks: AnyCheck[]) =>
  judge(checks, gathered).map(({ check, subject, verdict }) => [check.id, subject.name, verdict.is]);
const findings = (...checks: AnyCheck[]) => attribute(judge(checks, gathered), explanationsAmong(checks));
const ids = (...checks: AnyCheck[]) => findings(...checks).map(({ id, symptoms }) => [id, symptoms.map((symptom) => symptom.id)]);

describe('verdicts', () => {
  test('a check is asked once for each subject of its scope', () => {
    expect(verdicts(check('one'), check('two', { scope: 'apiservice', ...passes }))).toEqual([
      ['one', '', 'failed'],
      ['two', 'a', 'passed'],
      ['two', 'b', 'passed'],
    ]);
  });

  test('facts of the own scope and of the cluster arrive as values, those of another as a list', () => {
    let seen: unknown;
    const look = (facts: never) => {
      seen = facts;
      return [];
    };
    judge([check('one', { scope: 'apiserver', needs: ['flags', 'now', 'failure'], run: look })], gathered);
    expect(seen).toEqual({
      flags,
      now: new Date(0),
      failure: ['a', 'b'].map((name) => ({ subject: { scope: 'apiservice', name }, observed: { ok: true, value: name } })),
    });
  });

  test('a fact that could not be had skips the check, and the root is named', () => {
    const [result] = judge([check('one', { needs: ['authConfigMap'] })], gathered);
    expect(result?.verdict).toEqual({ is: 'skipped', because: { fact: 'version', subject: { scope: 'cluster', name: '' } } });
  });

  test('a wanted fact that could not be had skips nothing', () => {
    expect(verdicts(check('one', { wants: ['authConfigMap'] }))).toEqual([['one', '', 'failed']]);
  });

  test('a check after a failed one is skipped, and so is one after that, by the root', () => {
    const results = judge([check('a'), check('b', { after: ['a'] }), check('c', { after: ['b'] })], gathered);
    const because = { check: 'a', subject: { scope: 'cluster', name: '' } };
    expect(results.map(({ verdict }) => verdict)).toMatchObject([{ is: 'failed' }, { is: 'skipped', because }, { is: 'skipped', because }]);
  });

  test('one APIService never silences another', () => {
    const first = check('first', {
      scope: 'apiservice',
      needs: ['failure'],
      run: ({ failure }: never) => (failure === 'a' ? [problem('x')] : []),
    });
    expect(verdicts(first, check('second', { scope: 'apiservice', after: ['first'], ...passes })).slice(2)).toEqual([
      ['second', 'a', 'skipped'],
      ['second', 'b', 'passed'],
    ]);
  });

  test('a crash is the own fault of one check; the others run', () => {
    const crashes = () => {
      throw new Error('boom');
    };
    expect(verdicts(check('one', { run: crashes }), check('two'))).toEqual([
      ['one', '', 'crashed'],
      ['two', '', 'failed'],
    ]);
  });

  test('null says that the question does not arise', () => {
    expect(verdicts(check('one', { run: () => null }))).toEqual([['one', '', 'inapplicable']]);
  });
});

describe('root causes', () => {
  const symptom = (more: Partial<AnyCheck> = {}) => check('symptom', { scope: 'apiservice', ...more });
  const cause = (id: string, more: Partial<AnyCheck> = {}) => check(id, { causes: { symptoms: ['symptom'] }, ...more });

  test('a symptom stands under its cause, for each subject', () => {
    expect(ids(cause('cause'), symptom())).toEqual([['cause', ['symptom', 'symptom']]]);
  });

  test('a chain resolves to its root', () => {
    expect(ids(check('root', { causes: { symptoms: ['cause'] } }), cause('cause'), symptom())).toEqual([
      ['root', ['cause', 'symptom', 'symptom']],
    ]);
  });

  test('a symptom that nothing explains is a finding, and names what could not be looked at', () => {
    const unseen = cause('other', { needs: ['authConfigMap'] });
    expect(findings(unseen, symptom()).map(({ id, mayBeExplainedBy }) => [id, mayBeExplainedBy])).toEqual([
      ['symptom', ['other']],
      ['symptom', ['other']],
    ]);
  });

  test('with several explanations it stands under the first and names the others', () => {
    const [first] = findings(cause('cause'), cause('other'), symptom());
    expect(first?.symptoms[0]).toMatchObject({ id: 'symptom', alsoExplainedBy: ['other'] });
  });

  test('a problem of another APIService explains nothing', () => {
    const ofOne = cause('cause', {
      scope: 'apiservice',
      needs: ['failure'],
      run: ({ failure }: never) => (failure === 'a' ? [problem('x')] : []),
    });
    expect(ids(ofOne, symptom())).toEqual([
      ['cause', ['symptom']],
      ['symptom', []],
    ]);
  });

  test('what does not show yet explains nothing', () => {
    const latent = cause('cause', { severity: 'warning', run: () => [problem('later', { latent: true })] });
    expect(ids(latent, symptom()).map(([id]) => id)).toEqual(['symptom', 'symptom', 'cause']);
  });

  test("a root takes the highest severity beneath it, and severity comes before the checks' order", () => {
    const results = findings(check('note', { severity: 'info' }), cause('cause', { severity: 'warning' }), symptom());
    expect(results.map(({ id, severity }) => [id, severity])).toEqual([
      ['cause', 'error'],
      ['note', 'info'],
    ]);
  });

  test('a cause may stand behind its symptom', () => {
    expect(ids(check('symptom'), cause('cause'))).toEqual([['cause', ['symptom']]]);
  });

  test('of a problem only the causes of what it shows count', () => {
    const shows = (kind: 'timeout' | 'rejected') =>
      symptom({ shows: ['timeout', 'rejected'], run: () => [problem('x', { shows: [kind] })] });
    const slow = check('slow', { causes: { signatures: ['timeout'] } });
    expect(ids(slow, shows('timeout'))).toEqual([['slow', ['symptom', 'symptom']]]);
    expect(ids(slow, shows('rejected')).map(([id]) => id)).toEqual(['slow', 'symptom', 'symptom']);
  });

  test('of an aspect only its own causes count', () => {
    const of = (aspect: string) => symptom({ aspects: ['a', 'b'], run: () => [problem('x', { aspect })] });
    const causes = check('cause', { causes: { symptoms: ['symptom/a'] } });
    expect(ids(causes, of('a'))).toEqual([['cause', ['symptom', 'symptom']]]);
    expect(ids(causes, of('b')).map(([id]) => id)).toEqual(['cause', 'symptom', 'symptom']);
  });

  test('what is wrong with an APIService explains nothing of the cluster, and what causes least else is named first', () => {
    const [ofOne, wide, narrow] = [
      cause('of-one', { scope: 'apiservice' }),
      cause('wide', { causes: { symptoms: ['symptom', 'other'] } }),
      cause('narrow'),
    ];
    const all = [ofOne, wide, narrow, check('symptom')];
    expect(explanationsAmong(all)(check('symptom'))).toEqual(['narrow', 'wide']);
  });
});

describe('one repair, said once', () => {
  /** Two APIServices of these Services, and what the user named. */
  const behind = (services: readonly [string, string], targets?: readonly string[]) =>
    ({
      cluster: { userOptions: { ok: true, value: { targets } } },
      apiservice: {
        ok: true,
        value: ['a', 'b'].map((name, index) => ({
          subject: { scope: 'apiservice', name },
          facts: { apiService: { ok: true, value: { service: { namespace: 'ns', name: services[index] } } } },
        })),
      },
    }) as unknown as Gathered;
  const repaired = (text: string, command: (name: string) => Command, severity: (name: string) => 'error' | 'info' = () => 'error') =>
    findings(
      check('symptom', {
        scope: 'apiservice',
        needs: ['failure'],
        run: ({ failure }: never) => [
          problem(String(failure), {
            fix: { text, commands: [command(failure)] },
            effects: [`of ${failure}`],
            severity: severity(failure),
          }),
        ],
      }),
    );
  const told = (all: ReturnType<typeof merge>) =>
    all.map(({ subject, others = [], fix }) => [subject.name, others.map(({ name }) => name), fix.commands]);
  const patched = repaired('Patch it:', (name) => sh`patch ${name}`);

  test('of one Service: all are named, and every command is there', () => {
    const merged = merge(patched, behind(['one', 'one']));
    expect(told(merged)).toEqual([['a', ['b'], ['patch a', 'patch b']]]);
    expect(merged[0]).toMatchObject({ message: 'a', effects: ['of a', 'of b'] });
  });

  test('whom the user named stands at the head', () => {
    expect(told(merge(patched, behind(['one', 'one'], ['b'])))).toEqual([['b', ['a'], ['patch b', 'patch a']]]);
  });

  test('of two Services: one repair only where its commands are the same', () => {
    expect(told(merge(patched, behind(['one', 'two'])))).toEqual([
      ['a', [], ['patch a']],
      ['b', [], ['patch b']],
    ]);
    const same = repaired('Restart it:', () => sh`restart`);
    expect(told(merge(same, behind(['one', 'two'])))).toEqual([['a', ['b'], ['restart']]]);
  });

  test('of another severity: another finding', () => {
    const two = repaired(
      'Patch it:',
      () => sh`patch`,
      (name) => (name === 'a' ? 'error' : 'info'),
    );
    expect(told(merge(two, behind(['one', 'one'])))).toHaveLength(2);
  });
});

test('what could not be had is listed once, with the checks that wait for it', () => {
  const needy = (id: string) => check(id, { needs: ['authConfigMap'] });
  const report = run([needy('a'), needy('b')], gathered, { aggctl: '0', source: 'live' });
  const cluster: Subject = { scope: 'cluster', name: '' };
  expect(report.unavailable).toEqual([{ fact: 'version', subject: cluster, why: 'unreachable', message: 'no answer', checks: ['a', 'b'] }]);
});
