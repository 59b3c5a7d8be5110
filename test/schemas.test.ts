/** The JSON schemas that ship with aggctl: every document that a command prints conforms to one, field by field. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { certs } from '../src/commands/certs.ts';
import { checkApiService } from '../src/commands/check-apiservice.ts';
import { checks, explainCheck } from '../src/commands/checks.ts';
import { explain } from '../src/commands/explain.ts';
import { flags } from '../src/commands/flags.ts';
import { dataOf, type Result } from '../src/render/json.ts';
import { names } from '../src/signatures/names.ts';
import { aggctl, emptyFolder, scenario } from './cli/aggctl.ts';
import { importGraph } from './support/imports.ts';
import { checkout, scenarios } from './support/scenarios.ts';
import { faultsOf, schemaOf, schemas } from './support/schemas.ts';

/** As JSON prints it. */
const printed = (result: Result): unknown => JSON.parse(JSON.stringify(dataOf(result)));
const surroundings = { signal: new AbortController().signal, env: {}, now: () => new Date(), sleep: async () => {} };
/** The result of a command; null where it refuses: there is nothing to show. */
async function resultOf(running: AsyncGenerator<unknown, Result>): Promise<Result | null> {
  try {
    for (;;) {
      const step = await running.next();
      if (step.done) return step.value;
    }
  } catch {
    return null;
  }
}

test('each kind of document has a schema, and each schema a kind', () => {
  const made = Object.keys(importGraph()).flatMap((file) =>
    [...readFileSync(join(checkout, file), 'utf8').matchAll(/schemaVersion: 1,\s+kind: '(\w+)'/g)].map(([, kind = '']) => kind),
  );
  // Manifests are printed as a List.
  const printed = [...new Set(made)].map((kind) => (kind === 'Manifests' ? 'List' : kind));
  expect(printed.sort()).toEqual(Object.keys(schemaOf).sort());
  const files = [...new Set(['events', ...Object.values(schemaOf)])].map((name) => `${name}.schema.json`);
  expect(Object.keys(schemas).sort()).toEqual(files.sort());
});

describe('what commands print', () => {
  const healthy = ['--snapshot', scenario('healthy')];
  const broken = ['--snapshot', scenario('front-proxy-client-expired')];
  test.each([
    ['Report', ['doctor', ...healthy]],
    ['Report', ['doctor', ...broken, '--fail-on', 'never', '--check', 'front-proxy-*', '--at', '2027-01-01']],
    ['Report', ['doctor', '--demo', '--target-version', '1.37']],
    ['Report', ['check-apiservice', '--all', ...broken]],
    ['APIServices', ['check-apiservice', ...broken]],
    ['Flags', ['flags', '--demo']],
    ['Certificates', ['certs', '--demo']],
    ['Checks', ['checks']],
    ['Versions', ['version']],
    ['List', ['rbac', '--nodes', '--metrics', '--history', '--server-namespace', 'a']],
    ['SnapshotQuestions', ['snapshot', scenario('healthy')]],
    ['SnapshotAnswer', ['snapshot', scenario('healthy'), '--show', 'GET /version']],
    ['Differences', ['diff', scenario('healthy'), scenario('front-proxy-client-expired')]],
    ['Meaning', ['explain', 'KubeAggregatedAPIDown']],
    ['Explanation', ['explain', 'configmap-missing']],
  ] as const)('%s: aggctl %j', async (kind, args) => {
    const ran = await aggctl([...args, '-o', 'json']);
    const document = JSON.parse(ran.stdout);
    expect(document.kind).toBe(kind);
    expect(faultsOf(document)).toEqual([]);
    for (const line of (await aggctl([...args, '-o', 'jsonl'])).stdout.trimEnd().split('\n'))
      expect(faultsOf(JSON.parse(line))).toEqual([]);
  });
  test('the objects of deploy-sample', async () => {
    const { stdout } = await aggctl(['deploy-sample', '--dry-run', '--show-secrets', '-o', 'json']);
    expect(faultsOf(JSON.parse(stdout))).toEqual([]);
  });
  test('the lines of steps of deploy-sample, and its result', async () => {
    const step = { id: 'access', title: 't', proves: 'p', hop: 'h', status: 'failed', message: 'm', notes: ['n'], ms: 3 };
    expect(faultsOf({ kind: 'Step', ...step, findings: [] })).toEqual([]);
    expect(faultsOf({ kind: 'Step', ...step, findings: [], status: 'odd' })).not.toEqual([]);
  });
  test('a report that was written can be compared', async () => {
    const file = join(emptyFolder(), 'report.json');
    writeFileSync(file, (await aggctl(['doctor', ...broken, '-o', 'json'])).stdout);
    const ran = await aggctl(['diff', file, file, '-o', 'json']);
    expect(faultsOf(JSON.parse(ran.stdout))).toEqual([]);
  });
});

describe('of scenarios', () => {
  // One in four, which are of all kinds: they stand in the order of their names.
  const some = scenarios.filter((_, index) => index % 4 === 0);
  test.each([
    ['flags', flags],
    ['certs', certs],
    [
      'check-apiservice',
      (options: Parameters<typeof checkApiService>[1], around: typeof surroundings) => checkApiService([], options, around),
    ],
  ] as const)('aggctl %s', async (_, command) => {
    let shown = 0;
    for (const { snapshots } of some) {
      const result = await resultOf(command({ snapshot: snapshots }, surroundings));
      if (!result) continue;
      shown += 1;
      expect(faultsOf(printed(result)), snapshots[0]).toEqual([]);
    }
    expect(shown).toBeGreaterThan(some.length / 2);
  });
  test('aggctl explain, of every check and name', () => {
    for (const { id } of checks().items as readonly { readonly id: string }[]) expect(faultsOf(explainCheck(id))).toEqual([]);
    for (const { name } of names) expect(faultsOf(explain([name]))).toEqual([]);
  });
});

describe('a schema tells what is none', () => {
  const certificates = async () => JSON.parse((await aggctl(['certs', '--demo', '-o', 'json'])).stdout);
  test('a missing or a wrong field is a fault', async () => {
    const document = await certificates();
    const [first, ...more] = document.items;
    expect(faultsOf({ ...document, schemaVersion: 2 })).not.toEqual([]);
    expect(faultsOf({ ...document, items: [{ ...first, expires: 'tomorrow' }, ...more] })).not.toEqual([]);
    expect(faultsOf({ ...document, items: [{ ...first, role: undefined }, ...more] })).not.toEqual([]);
  });
  test('a field of the future is one for these tests, not for programs', async () => {
    const document = { ...(await certificates()), surplus: 1 };
    expect(faultsOf(document)).not.toEqual([]);
    expect(faultsOf(document, { future: true })).toEqual([]);
  });
});
