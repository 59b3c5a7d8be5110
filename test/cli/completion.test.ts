/** Completion in bash, as a person types; the lab has zsh, fish and kubectl. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { folderRow, prepare, rows } from '../support/shell-rows.ts';
import { aggctl, emptyFolder, program, run } from './aggctl.ts';

const typist = fileURLToPath(new URL('../support/type-into-shell.mjs', import.meta.url));

test('bash inserts what aggctl says', async () => {
  const folder = emptyFolder();
  const [keys, directory] = folderRow;
  const asked = { program, shell: 'bash', env: prepare(folder), lines: [...rows.map(([typed]) => typed), keys] };
  const { stdout, stderr } = await run([process.execPath, typist, JSON.stringify(asked)]);
  expect(stderr).toBe('');
  const ran: string[][] = JSON.parse(stdout);
  expect(ran.slice(0, -1)).toEqual(rows.map(([, args]) => args));
  expect(ran.at(-1)?.at(-1)).toMatch(directory);
  expect(existsSync(join(folder, 'pwned'))).toBe(false);
}, 120_000);

test.each(['bash', 'zsh', 'fish', 'powershell'])('prints the script for %s, which completes both names', async (shell) => {
  const { stdout, stderr, status } = await aggctl(['completion', shell]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).toMatch(/\baggctl\b[\s\S]*\bkubectl-aggctl\b/);
});

test.each([
  [['completion'], /missing required argument 'shell'/],
  [['completion', 'csh'], /unknown shell 'csh' \(known are bash, zsh, fish, powershell\)/],
])('%j is wrong usage', async (args, says) => {
  const ran = await aggctl(args);
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(says);
});

test('the protocol is silent, whatever is typed', async () => {
  for (const typed of [[], ['--nosuch', ''], ['doctor', '--kubeconfig', '/nonexistent', '--context', ''], ['check-apiservice', '']]) {
    const { stdout, stderr, status } = await aggctl(['__complete', ...typed]);
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toMatch(/(^|\n):4\n$/);
  }
});
