/** The guide for a new check, as CONTRIBUTING.md has it under "How to add a check": what is forgotten is named. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { rows as templateRows } from '../src/checks/_template/check.rows.ts';
import template from '../src/checks/_template/check.ts';
import { checks } from '../src/checks/index.ts';
import type { AnyCheck } from '../src/model.ts';
import { changed, flags } from './support/facts.ts';
import { breaches, type Law, laws, type Registry } from './support/laws.ts';

const folder = mkdtempSync(join(tmpdir(), 'aggctl-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Copies the template to a file of this name, edits it, and imports it. */
async function copied(name: string, edit: (text: string) => string = (text) => text): Promise<AnyCheck> {
  const source = new URL('../src/', import.meta.url);
  const text = readFileSync(new URL('checks/_template/check.ts', source), 'utf8').replaceAll("'../../", `'${fileURLToPath(source)}`);
  const path = join(mkdtempSync(join(folder, 'copy-')), `${name}.ts`);
  writeFileSync(path, edit(text));
  return (await import(pathToFileURL(path).href)).default;
}
/** What the laws say of a check in a file of this name, beside all others. */
const said = (file: string, check: AnyCheck, registry: Partial<Registry> = {}) =>
  Object.values<Law>(laws).flatMap((law) =>
    breaches(law, { checks, files: { [file]: check }, rows: {}, unrecorded: {}, scenarios: [], ...registry }),
  );

test('the template itself is no check', () => {
  expect(checks).not.toContain(template);
});

test('a mere copy of the template: every part that was forgotten is named', async () => {
  const file = 'routing-missing';
  expect(said(file, await copied(file))).toEqual(
    [
      "its id is 'template': make it 'routing-missing', the name of its file",
      "it is in no index.ts of src/checks/: add `export { default as stepNNN } from './routing-missing.ts';` to that of its folder, where a request meets it",
      'its title is empty: say what health is, in the present tense',
      'explain.looksAt is empty: `aggctl explain` shows it',
      'explain.why is empty: `aggctl explain` shows it',
      'explain.kubernetes is empty: `aggctl explain` shows it',
      'explain.repair is empty: `aggctl explain` shows it',
      'explain.mirrors is empty: `aggctl explain` shows it',
      'it finds no failure mode: name those of test/failure-catalogue.json, or add it to `withoutMode` in test/failure-modes.ts',
      'no row passes it: add one to routing-missing.rows.ts',
      'no row fails it: add one to routing-missing.rows.ts',
      'no scenario fails it: add a fault to test/lab/faults/, and record it with UPDATE=1 npm run test:lab; where the lab cannot, export the reason as `unrecorded` from routing-missing.rows.ts',
      "it declares the fact 'flags' and never reads it",
      "it declares the fact 'distribution' and never reads it",
    ].map((sentence) => `${file}: ${sentence}`),
  );
});

/** The template, filled in. */
const filled = (text: string) =>
  text
    .replace("id: 'template'", "id: 'routing-missing'")
    .replace('modes: []', "modes: ['F21']")
    .replace("title: ''", "title: 'kube-apiserver dials pods'")
    .replaceAll(/(looksAt|why|kubernetes|repair): ''/g, "$1: 'x'")
    .replace("mirrors: ''", "mirrors: 'kube-aggregator, v0.37.2'");
const scenario = { name: 'routing-missing', gathered: changed(flags({ 'enable-aggregator-routing': 'false' })) };
const finished = { rows: { 'routing-missing': templateRows }, scenarios: [scenario] } satisfies Partial<Registry>;
const of = (check: AnyCheck) => ({ ...finished, checks: [...checks, check] });

test('with everything done nothing is said', async () => {
  const check = await copied('routing-missing', filled);
  expect(said('routing-missing', check, of(check))).toEqual([]);
});

test('a reason stands in for a scenario, and goes when there is one', async () => {
  const check = await copied('routing-missing', filled);
  const unrecorded = { 'routing-missing': 'the lab has no such network' };
  expect(said('routing-missing', check, { ...of(check), unrecorded, scenarios: [] })).toEqual([]);
  expect(said('routing-missing', check, { ...of(check), unrecorded })).toEqual([
    'routing-missing: a scenario fails it: delete `unrecorded` in routing-missing.rows.ts',
  ]);
});

const flawed = async (edit: (text: string) => string) => {
  const check = await copied('routing-missing', (text) => edit(filled(text)));
  return said('routing-missing', check, of(check));
};
const changedInto = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the template has no ${from}`);
  return text.replace(from, to);
};
test.each([
  ['a cause that is unknown', 'after: []', "after: ['no-such-check']", "its after names 'no-such-check', which does not exist"],
  [
    'a blocker that is no error',
    'after: []',
    "after: ['front-proxy-client-expires-soon']",
    "its after names 'front-proxy-client-expires-soon', which is no error and blocks nothing",
  ],
  [
    'a blocker that comes later',
    'after: []',
    "after: ['routing-missing']",
    "its after names 'routing-missing', which stands behind it: a blocker comes first",
  ],
  [
    'a symptom that is unknown',
    'after: []',
    "causes: { symptoms: ['no-such-check'] }",
    "it causes 'no-such-check', which is no check, nor an aspect of one",
  ],
  [
    'a text that nobody shows',
    'after: []',
    "causes: { signatures: ['port-not-shown' as never] }",
    "it causes 'port-not-shown', which no check shows",
  ],
  ['a mode that nobody knows', "'F21'", "'F99'", 'its mode F99 is not in test/failure-catalogue.json'],
  ['a title with a full stop', 'dials pods', 'dials pods.', 'its title ends in a full stop'],
  ['a title that demands', 'kube-apiserver dials', 'kube-apiserver must dial', 'its title is no statement of health in the present tense'],
  ['a source without its version', 'v0.37.2', 'somewhere', 'explain.mirrors names no version of the upstream source'],
  ['a fact that is never read', "needs: ['flags']", "needs: ['flags', 'now']", "it declares the fact 'now' and never reads it"],
  [
    'a fact that is read and not declared',
    'run({ flags, distribution })',
    'run({ flags, distribution, now }: never)',
    "it reads the fact 'now' and does not declare it",
  ],
  [
    'a verdict that hangs on what is only wanted',
    "if (flag?.value !== 'false')",
    "if (flag?.value !== 'false' || !distribution)",
    "without the wanted fact 'distribution' it finds other problems: it needs that fact",
  ],
  [
    'a fact that is changed',
    'if (flag?.value',
    "(flags as { origin: string }).origin = 'flagz'; if (flag?.value",
    "it crashes: TypeError: Cannot assign to read only property 'origin' of object '#<Object>'",
  ],
  ['a fix that says nothing', 'Set it to `true` on every control-plane node.', '', 'a problem has no fix: say what to do'],
  [
    'a problem that shows what the check does not',
    'at: flag.at',
    "shows: ['timeout'], at: flag.at",
    "a problem shows 'timeout', and the check does not",
  ],
  [
    'trust in everybody',
    'Set it to `true`',
    'Set insecureSkipTLSVerify: true',
    'a fix advises to trust every certificate: Set insecureSkipTLSVerify: true on every control-plane node.',
  ],
  [
    'rights for the front proxy',
    'Set it to `true`',
    'kubectl create clusterrolebinding x --user=front-proxy-client',
    "a fix advises rights for the front proxy's name: kubectl create clusterrolebinding x --user=front-proxy-client on every control-plane node.",
  ],
  [
    'force',
    'Set it to `true`',
    'kubectl delete ns x --force',
    'a fix advises to force what waits for a finalizer: kubectl delete ns x --force on every control-plane node.',
  ],
])('%s is named', async (_, from, to, sentence) => {
  expect(await flawed(changedInto(from, to))).toContain(`routing-missing: ${sentence}`);
});

test('a healthy cluster that fails it is named', async () => {
  const check = await copied('routing-missing', (text) =>
    filled(text).replace("flag?.value !== 'false'", "flag?.value === 'true' || !flag"),
  );
  const sound = { name: 'healthy', gathered: changed(flags({ 'enable-aggregator-routing': 'false' })) };
  expect(said('routing-missing', check, { ...of(check), scenarios: [sound] })).toContain('routing-missing: a healthy cluster fails it');
});
