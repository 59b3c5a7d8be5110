/** The lists of the commands, as a terminal of 80 and 120 columns and a pipe show them. */
import { expect, test } from 'vitest';
import { certs } from '../../src/commands/certs.ts';
import { checkApiService } from '../../src/commands/check-apiservice.ts';
import { checks } from '../../src/commands/checks.ts';
import { diff } from '../../src/commands/diff.ts';
import { flags } from '../../src/commands/flags.ts';
import { snapshot } from '../../src/commands/snapshot.ts';
import type { Event, Table } from '../../src/model.ts';
import { type Hands, program } from '../../src/program.ts';
import { render, type Style } from '../../src/render/index.ts';
import { sortName } from '../../src/render/sort.ts';
import { scenarioOf } from '../support/scenarios.ts';

const surroundings = { signal: new AbortController().signal, env: {}, now: () => new Date(0), sleep: async () => {} };
async function tableOf(steps: AsyncGenerator<Event, unknown>): Promise<Table> {
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value as Table;
  }
}
const of = (name: string) => ({ snapshot: [...scenarioOf(name).snapshots] });
const fileOf = (name: string) => `test/scenarios/${name}.jsonl`;

const tables: Readonly<Record<string, () => Promise<Table>>> = {
  'certs.expired': () => tableOf(certs({ demo: 'front-proxy-expired' }, surroundings)),
  'certs.openshift': () => tableOf(certs(of('openshift-healthy'), surroundings)),
  'certs.three-nodes': () => tableOf(certs(of('healthy-several-snapshots'), surroundings)),
  'flags.missing': () => tableOf(flags(of('rke2-username-headers-missing'), surroundings)),
  'flags.three-nodes': () => tableOf(flags(of('healthy-several-snapshots'), surroundings)),
  'apiservices.broken': () => tableOf(checkApiService([], { demo: 'wrong-cabundle' }, surroundings)),
  'diff.changed': () => tableOf(diff(fileOf('front-proxy-client-expired'), fileOf('endpoints-missing'), {}, surroundings)),
  'snapshot.list': () => tableOf(snapshot(fileOf('healthy'), {}) as AsyncGenerator<Event, unknown>),
  // The beginning, so that a new check changes nothing here.
  'checks.first': async () => {
    const all = checks();
    return { ...all, rows: all.rows.slice(0, 5), items: all.items.slice(0, 5) };
  },
};
const piped: Style = { color: 0, width: 80, ascii: false, verbosity: 'normal', terminal: false, headers: true };
const terminal: Style = { ...piped, terminal: true };

test.each(Object.keys(tables))('%s', async (name) => {
  const table = (await tables[name]?.()) as Table;
  const shown: readonly (readonly [string, string])[] = [
    ['80 columns', await render(table, 'text', terminal)],
    ['120 columns', await render(table, 'text', { ...terminal, width: 120 })],
    ['-o wide in 80 columns', await render(table, 'wide', terminal)],
    ['a pipe', await render(table, 'text', piped)],
  ];
  await expect(shown.map(([look, text]) => `# ${look}\n${text}`).join('\n')).toMatchFileSnapshot(`golden/table.${name}.txt`);
});

test.each([
  ['certs', 'certs.three-nodes'],
  ['flags', 'flags.three-nodes'],
  ['checks', 'checks.first'],
  ['check-apiservice', 'apiservices.broken'],
])('%s --sort-by has every column', async (command, name) => {
  const root = program('aggctl', {} as Hands);
  const option = root.commands.find((one) => one.name() === command)?.options.find(({ long }) => long === '--sort-by');
  expect(option?.argChoices).toEqual((await tables[name]?.())?.columns.map(sortName));
});

test('what has expired is red on a terminal, and says so in words', async () => {
  const table = (await tables['certs.expired']?.()) as Table;
  const [, first = '', second] = (await render(table, 'text', { ...terminal, color: 1 })).replaceAll('\x1b', '␛').split('\n');
  expect(first).toMatch(/^␛\[31m␛\[1mfront-proxy client.*␛\[31m␛\[1m-3d \(expired\)/);
  expect(second).not.toContain('␛[31m');
});
