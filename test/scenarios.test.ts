import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { demos } from '../src/commands/open-source.ts';
import type { Report } from '../src/model.ts';
import { render } from '../src/render/index.ts';
import { explanationsAmong } from '../src/run/causes.ts';
import { faultOfDemo } from './lab/faults/demos.ts';
import { type Declared, outcomeOf } from './lab/faults/fault.ts';
import { nothing } from './lab/faults/sound.ts';
import { recorded } from './lab/recorded.ts';
import { wrongIn } from './support/diagnosed.ts';
import { keyPair, privatePem } from './support/pki.ts';
import { checkout, reported, type Scenario, scenarioOf, scenarios } from './support/scenarios.ts';
import { faultsOf } from './support/schemas.ts';
import { secretsIn, textsIn } from './support/secrets.ts';

const style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true } as const;

const idsOf = ({ findings }: Report) => findings.flatMap(({ id, symptoms }) => [id, ...symptoms.map((symptom) => symptom.id)]);

/** UPDATE=1 writes what is expected; the difference is reviewed as code is. */
function expected({ path }: Scenario, ending: string, actual: string): string {
  const file = `${path.replace(/^demo/, 'test/demo')}${ending}`;
  if (process.env.UPDATE) writeFileSync(join(checkout, file), actual);
  return existsSync(join(checkout, file))
    ? readFileSync(join(checkout, file), 'utf8')
    : `${file} is missing: UPDATE=1 npx vitest run test/scenarios.test.ts writes it`;
}
/** How many checks passed is said of healthy clusters alone: else each new check would change every report. */
const withoutPassed = (text: string): string => text.replace(/ · \d+ ok {2,}/, ' · … ok  ');

/** Scenarios that no lab made, and why not; what aggctl must find there. */
const handMade: readonly (Declared & { readonly why: string })[] = [
  { name: 'aks-healthy', why: 'a managed service, which no lab can run', ...nothing },
  { name: 'eks-healthy', why: 'a managed service, which no lab can run', ...nothing },
  { name: 'openshift-healthy', why: 'its static pods and paths are known from its source; the lab has no OpenShift', ...nothing },
  { name: 'talos-healthy', why: 'its static pods and paths are known from its source; the lab has no Talos', ...nothing },
  {
    name: 'flag-unknown-after-upgrade',
    why: 'the flags that an upgrade takes out went before the oldest version of the lab',
    finds: ['flag-unknown-after-upgrade'],
    status: 0,
  },
];

/** What aggctl must find in this scenario. Fails when nothing says so: it belongs to a fault of the lab, or among those made by hand. */
function declaredOf(name: string): Declared {
  const found = [...recorded, ...handMade].find((one) => one.name === name);
  if (!found) throw new Error(`neither a fault of the lab nor handMade declares the scenario ${name}`);
  return found;
}
function ofDemo(name: string): Omit<Declared, 'name'> {
  const demo = demos.find((one) => one === name);
  if (!demo) throw new Error(`aggctl ships no demo ${name}`);
  return faultOfDemo(demo) ?? nothing;
}

describe.each(scenarios)('$path', (scenario) => {
  test('is diagnosed as expected', async () => {
    const report = await reported(scenario);
    const text = await render(report, 'text', style);
    const isHealthy = scenario.path === 'test/scenarios/healthy';
    expect(isHealthy ? text : withoutPassed(text)).toBe(expected(scenario, '.txt', isHealthy ? text : withoutPassed(text)));
    const json = isHealthy ? await render(report, 'json', style) : `${JSON.stringify(wrongIn(report), null, 1)}\n`;
    expect(json).toBe(expected(scenario, '.json', json));
    expect(faultsOf(report)).toEqual([]);
  });

  test('shows what is declared of it, and nothing else', async () => {
    const declared = scenario.path.startsWith('demo/') ? ofDemo(scenario.name) : declaredOf(scenario.name);
    const report = await reported(scenario);
    // Of a demo each once: it has several APIServices.
    const ids = scenario.path.startsWith('demo/') ? [...new Set(idsOf(report))] : idsOf(report);
    expect(outcomeOf({ finds: ids, status: report.summary.exitStatus })).toEqual(outcomeOf(declared));
  });

  test.each([...scenario.snapshots])('%s is small, and holds no secret', (path) => {
    const bytes = readFileSync(join(checkout, path));
    expect(bytes.length).toBeLessThanOrEqual(200 * 1024);
    expect([...secretsIn(bytes), ...secretsIn(Buffer.from(textsIn(bytes.toString())))]).toEqual([]);
  });
});

const explanations = explanationsAmong(checks);
const symptoms = checks.filter((check) => explanations(check).length > 0).map(({ id }) => id);
const withSymptoms = recorded.filter(
  ({ finds: [cause, ...others] }) => cause && !symptoms.includes(cause) && others.some((id) => symptoms.includes(id)),
);
test('there are causes with symptoms', () => expect(withSymptoms.length).toBeGreaterThanOrEqual(10));
test.each(withSymptoms)('$name: the cause stands first, and no symptom stands as a cause', async ({ name, finds }) => {
  const { findings } = await reported(scenarioOf(name));
  const ids = findings.map(({ id }) => id);
  expect(ids[0]).toBe(finds[0]);
  expect(ids.filter((id) => symptoms.includes(id))).toEqual([]);
});

test('a healthy cluster gives no finding and the exit status 0', async () => {
  const healthy = scenarios.filter(({ name }) => /(^|-)healthy(-|$)/.test(name));
  expect(healthy.length).toBeGreaterThan(0);
  for (const scenario of healthy) {
    const { findings, summary } = await reported(scenario);
    expect({ findings, status: summary.exitStatus }).toEqual({ findings: [], status: 0 });
  }
});

test('everything that is declared has its scenario, once', () => {
  const ours = scenarios.filter(({ path }) => path.startsWith('test/')).map(({ name }) => name);
  expect([...recorded, ...handMade].map(({ name }) => name).sort()).toEqual(ours);
});
test('what is made by hand says so', () => {
  for (const { name } of handMade) {
    const [header = ''] = readFileSync(join(checkout, `test/scenarios/${name}.jsonl`), 'utf8').split('\n', 1);
    expect([name, JSON.parse(header).origin]).toEqual([name, 'hand-made']);
  }
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
