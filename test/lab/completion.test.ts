/** Completion in real shells, with the APIServices of a real kube-apiserver, and through a real kubectl; and the manual pages in their readers. */
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderRow, prepare, rows } from '../support/shell-rows.ts';
import { assets, versions } from './assets.ts';
import { aggctl } from './doctor.ts';
import { useSample } from './fixture.ts';

const lab = useSample();
const typist = fileURLToPath(new URL('../support/type-into-shell.mjs', import.meta.url));
const pages = fileURLToPath(new URL('../../dist/man', import.meta.url));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aggctl-typed-'));
  prepare(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function type(shell: string, lines: readonly string[], more: { env?: Record<string, string>; setup?: readonly string[] } = {}) {
  const env = { PWD: folder, KUBECONFIG: join(folder, 'config'), ...more.env };
  const asked = { program: [process.execPath, aggctl], shell, lines, ...more, env };
  const { stdout, stderr } = await lab().cp.run([process.execPath, typist, JSON.stringify(asked)], { milliseconds: 150_000 });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

test.each(['zsh', 'fish'])('%s inserts what aggctl says', async (shell) => {
  const [keys, directory] = folderRow;
  const ran = await type(shell, [...rows.map(([typed]) => typed), keys]);
  expect(ran.slice(0, -1)).toEqual(rows.map(([, args]) => args));
  expect(ran.at(-1)?.at(-1)).toMatch(directory);
  expect(readdirSync(folder)).not.toContain('pwned');
});

test.each(['bash', 'zsh', 'fish'])('%s completes the name of a live APIService', async (shell) => {
  const { cp, sample } = lab();
  const env = { KUBECONFIG: cp.kubeconfig.admin };
  expect(await type(shell, ['aggctl check-apiservice v1alpha1.war\t'], { env })).toEqual([['check-apiservice', sample.apiService]]);
});

test.each([
  ['zsh', 'source <(kubectl completion zsh)'],
  ['fish', 'kubectl completion fish | source'],
])('kubectl completes the same in %s', async (shell, load) => {
  const { cp, sample } = lab();
  const { kubectl } = await assets(versions[0]);
  const env = { KUBECONFIG: cp.kubeconfig.admin, PATH: dirname(kubectl) };
  const typed = [
    'kubectl aggctl expl\tgroup-head\t',
    'kubectl aggctl check-apiservice v1alpha1.war\t',
    'kubectl aggctl doctor --output=ya\t',
  ];
  expect(await type(shell, typed, { env, setup: [load] })).toEqual([
    ['explain', 'group-headers-missing'],
    ['check-apiservice', sample.apiService],
    ['doctor', '--output=yaml'],
  ]);
});

test('the manual pages have no fault, and fit 80 columns', async () => {
  const { cp } = lab();
  const files = readdirSync(pages).map((page) => join(pages, page));
  expect(await cp.run(['mandoc', '-T', 'lint', '-W', 'style', ...files])).toMatchObject({ status: 0, stdout: '' });
  for (const file of files) {
    const env = { MANWIDTH: '80', MANPAGER: 'cat', LC_ALL: 'C' };
    const { status, stdout, stderr } = await cp.run(['man', '--local-file', file], { env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^NAME\n +aggctl/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  }
});
