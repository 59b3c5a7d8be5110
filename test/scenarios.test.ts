import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import schema from '../schema/report.schema.json' with { type: 'json' };
import { checks } from '../src/checks/index.ts';
import { checkApiService } from '../src/commands/check-apiservice.ts';
import { doctor } from '../src/commands/doctor.ts';
import type { Report } from '../src/model.ts';
import { render } from '../src/render/index.ts';
import { explanationsAmong } from '../src/run/causes.ts';
import { faults } from './lab/faults/index.ts';
import { severalFaults } from './lab/faults/several.ts';
import { keyPair, privatePem } from './support/pki.ts';
import { checkout, optionsOf, type Scenario, scenarios, snapshotsOf } from './support/scenarios.ts';
import { secretsIn } from './support/secrets.ts';

const style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true } as const;
const isReport = new Ajv2020().compile(schema);

const known = new Map<string, Promise<Report>>();
function diagnosed(scenario: Scenario): Promise<Report> {
  const found = known.get(scenario.folder) ?? diagnose(scenario);
  known.set(scenario.folder, found);
  return found;
}
async function diagnose(scenario: Scenario): Promise<Report> {
  // Relative, so that the report reads the same in every checkout.
  const { asFrontProxy, named = asFrontProxy, ...options } = optionsOf(scenario);
  const given = { snapshot: snapshotsOf(scenario), ...options };
  const surroundings = { signal: new AbortController().signal, env: {}, now: () => new Date(), sleep: async () => {} };
  const steps = named ? checkApiService([named], given, surroundings) : doctor(given, surroundings);
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value as Report;
  }
}
const idsOf = ({ findings }: Report) => findings.flatMap(({ id, symptoms }) => [id, ...symptoms.map((symptom) => symptom.id)]);
const files = (folder: string): readonly string[] =>
  readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(checkout, folder, path))
    .filter((path) => statSync(path).isFile());

/** UPDATE=1 writes what is expected; the difference is reviewed as code is. */
function expected({ folder }: Scenario, file: string, actual: string): string {
  const path = join(checkout, folder, file);
  if (process.env.UPDATE) writeFileSync(path, actual);
  return existsSync(path)
    ? readFileSync(path, 'utf8')
    : `${folder}/${file} is missing: UPDATE=1 npx vitest run test/scenarios.test.ts writes it`;
}

describe.each(scenarios)('$folder', (scenario) => {
  const fault = scenario.folder.startsWith('test/') ? [...faults, ...severalFaults].find(({ name }) => name === scenario.name) : undefined;

  test('is diagnosed as expected', async () => {
    const report = await diagnosed(scenario);
    const [text, json] = [await render(report, 'text', style), await render(report, 'json', style)];
    expect(text).toBe(expected(scenario, 'expected.txt', text));
    expect(json).toBe(expected(scenario, 'expected.json', json));
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
  });

  if (fault)
    test('shows the fault that the lab injected, and nothing else', async () => {
      const report = await diagnosed(scenario);
      const found = { first: idsOf(report)[0], ids: idsOf(report).sort(), status: report.summary.exitStatus };
      expect(found).toEqual({ first: fault.finds[0], ids: [...fault.finds].sort(), status: fault.status });
    });

  test.each(snapshotsOf(scenario))('%s is small, and holds no secret', (folder) => {
    const contents = files(folder).map((path) => ({ path, bytes: readFileSync(path) }));
    expect(contents.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(200 * 1024);
    expect(contents.flatMap(({ path, bytes }) => secretsIn(bytes).map((what) => `${path} holds ${what}`))).toEqual([]);
  });
});

const explanations = explanationsAmong(checks);
const symptoms = checks.filter((check) => explanations(check).length > 0).map(({ id }) => id);
const withSymptoms = [...faults, ...severalFaults].filter(
  ({ finds: [cause, ...others] }) => cause && !symptoms.includes(cause) && others.some((id) => symptoms.includes(id)),
);
test('there are causes with symptoms', () => expect(withSymptoms.length).toBeGreaterThanOrEqual(10));
test.each(withSymptoms)('$name: the cause stands first, and no symptom stands as a cause', async ({ name, finds }) => {
  const { findings } = await diagnosed({ name, folder: `test/scenarios/${name}` });
  const ids = findings.map(({ id }) => id);
  expect(ids[0]).toBe(finds[0]);
  expect(ids.filter((id) => symptoms.includes(id))).toEqual([]);
});

test('a healthy cluster gives no finding and the exit status 0', async () => {
  const healthy = scenarios.filter(({ name }) => /(^|-)healthy(-|$)/.test(name));
  expect(healthy.length).toBeGreaterThan(0);
  for (const scenario of healthy) {
    const { findings, summary } = await diagnosed(scenario);
    expect({ findings, status: summary.exitStatus }).toEqual({ findings: [], status: 0 });
  }
});

test('every fault of the lab has its scenario', () => {
  const recorded = scenarios.filter(({ folder }) => folder.startsWith('test/')).map(({ name }) => name);
  expect([...faults, ...severalFaults].map(({ name }) => name).filter((name) => !recorded.includes(name))).toEqual([]);
});

const key = privatePem(keyPair('p-256', 'secret'));
const der = key.replace(/-----.*-----|\s/g, '');
const token = ['eyJhbGciOiJSUzI1NiJ9', 'eyJzdWIiOiJqYW5lIn0', 'c2lnbmF0dXJl'].join('.');
test.each([
  ['a private key in PEM', key],
  ['a private key in PEM', JSON.stringify({ data: Buffer.from(key).toString('base64') })],
  ['a private key in DER', der],
  ['a private key in DER', JSON.stringify({ text: der.replace(/.{64}/g, '$&\n') })],
  ['a JSON web token', `"${token}"`],
  ['a bearer token', 'Authorization: Bearer 0123456789abcdef'],
  ['a value named as a secret', 'users:\n- user:\n    token: 0123456789abcdef'],
])('the search finds %s', (what, text) => {
  expect(secretsIn(Buffer.from(text))).toContain(what);
  expect(secretsIn(Buffer.from(Buffer.from(text).toString('base64')))).toContain(what);
});
