/** The npm package as it is released: its files, their modes, and the two programs that it installs without a network. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { demos } from '../src/commands/open-source.ts';
import { checkout } from './support/scenarios.ts';

let folder: string;
let installed: string;
const run = (file: string, args: readonly string[]) => execFileSync(file, args, { cwd: checkout, encoding: 'utf8' });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aggctl-tarball-'));
  run(process.execPath, ['scripts/package.mjs', '--out', folder, 'npm']);
  const tarball = join(folder, `aggctl-${manifest.version}.tgz`);
  const prefix = join(folder, 'prefix');
  // A cache of its own: nothing that npm has downloaded before helps.
  run('npm', ['install', '--global', '--offline', '--cache', join(folder, 'cache'), '--prefix', prefix, tarball]);
  installed = join(prefix, 'lib/node_modules/aggctl');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );

test('it installs its programs and manual pages, and nothing else', () => {
  expect(readdirSync(join(folder, 'prefix/share/man/man1'))).toEqual(readdirSync(join(checkout, 'dist/man')));
  expect(readdirSync(join(folder, 'prefix/bin')).sort()).toEqual(['aggctl', 'kubectl-aggctl', 'kubectl_complete-aggctl']);
  expect(readdirSync(join(folder, 'prefix/lib/node_modules'))).toEqual(['aggctl']);
  expect(readdirSync(installed)).not.toContain('node_modules');
});

test.each([
  ['aggctl', 'aggctl'],
  ['kubectl-aggctl', 'kubectl aggctl'],
])('%s runs', (name, called) => {
  const program = join(folder, 'prefix/bin', name);
  expect(run(program, ['--version'])).toBe(`${manifest.version}\n`);
  expect(run(program, ['--help'])).toContain(`Usage: ${called} `);
  expect(run(program, ['doctor', '--demo', 'healthy'])).toMatch(/0 errors/);
});

test('kubectl_complete-aggctl completes the arguments that kubectl hands to it', () => {
  expect(run(join(folder, 'prefix/bin/kubectl_complete-aggctl'), ['doctor', '--demo', ''])).toBe(`${demos.join('\n')}\n:4\n`);
});

test('package.json names no dependency and no script', () => {
  const { dependencies, devDependencies, scripts, ...published } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect([dependencies, devDependencies, scripts]).toEqual([undefined, undefined, undefined]);
  expect(published).toMatchObject({ name: 'aggctl', version: manifest.version, license: 'Apache-2.0', bin: manifest.bin });
});

test('it holds what package.json names, and every user may read it', () => {
  const files = filesIn(installed);
  expect([...new Set(files.map((path) => path.slice(installed.length + 1).split('/')[0]))].sort()).toEqual(
    [...manifest.files, 'LICENSE', 'README.md', 'package.json'].sort(),
  );
  for (const path of files) expect(statSync(path).mode & 0o444, path).toBe(0o444);
  for (const path of new Set(files.map((path) => join(path, '..')))) expect(statSync(path).mode & 0o555, path).toBe(0o555);
  accessSync(join(installed, 'bin/aggctl.js'), constants.X_OK);
});

test('the build in the checkout may be read by every user, too', () => {
  expect(statSync(join(checkout, 'dist')).mode & 0o555).toBe(0o555);
});

test('the license is there, and a notice for each package of package.json, with its license', () => {
  expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toContain('Apache License');
  const notices = readFileSync(join(installed, 'THIRD-PARTY-NOTICES'), 'utf8');
  const named = notices.match(/^.+\n-+$/gm)?.map((title) => title.split('\n')[0]) ?? [];
  for (const [name, version] of Object.entries(manifest.dependencies))
    expect(
      named.some((title) => title?.startsWith(`${name} ${version}`)),
      name,
    ).toBe(true);
  // Nothing is bundled whose license is unknown or binds what is linked with it.
  for (const title of named)
    expect(title).toMatch(/ \((MIT|ISC|Unlicense|BlueOak-1\.0\.0|Apache-2\.0|BSD-[23]-Clause|\(BSD-3-Clause OR GPL-2\.0\))\)$/);
});
