/** `-o FORMAT=FILE`: several formats of one run. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { aggctl, emptyFolder, scenario } from './aggctl.ts';

const broken = ['doctor', '--snapshot', scenario('front-proxy-client-expired')];
const inEmptyFolder = (name: string) => join(emptyFolder(), name);

test('files are whole, and stdout has the one without a file', async () => {
  const folder = emptyFolder();
  const file = (name: string) => join(folder, name);
  const into = ['json=a.json', 'junit=a.xml', 'sarif=a.sarif', 'text=a.txt'].flatMap((one) => ['-o', one.replace('=', `=${folder}/`)]);
  const [ran, json, text] = await Promise.all([
    aggctl([...broken, ...into, '-o', 'markdown', '--color=always']),
    aggctl([...broken, '-o', 'json']),
    aggctl(broken),
  ]);
  expect(ran).toMatchObject({ status: 1, stderr: '' });
  expect(ran.stdout).toMatch(/^## aggctl: 1 error/);
  expect(readFileSync(file('a.json'), 'utf8')).toBe(json.stdout);
  expect(readFileSync(file('a.xml'), 'utf8')).toMatch(/^<\?xml[\s\S]*<\/testsuites>\n$/);
  expect(JSON.parse(readFileSync(file('a.sarif'), 'utf8')).version).toBe('2.1.0');
  expect(readFileSync(file('a.txt'), 'utf8').replace(/\s+/g, ' ')).toBe(text.stdout.replace(/\s+/g, ' '));
  expect(readdirSync(folder).sort()).toEqual(['a.json', 'a.sarif', 'a.txt', 'a.xml']);
});

test('stdout is text where only files are named; lists and explanations have files, too', async () => {
  const file = inEmptyFolder('checks.json');
  const [plain, ran] = await Promise.all([aggctl(['checks']), aggctl(['checks', '-o', `json=${file}`])]);
  expect(ran.stdout).toBe(plain.stdout);
  expect(JSON.parse(readFileSync(file, 'utf8')).kind).toBe('Checks');
});

test('what HTML draws is in no other format', async () => {
  const file = inEmptyFolder('report.html');
  const path = ['check-apiservice', '--all', ...broken.slice(1)];
  for (const command of [broken, path]) {
    for (const format of ['json', 'yaml', 'jsonl']) {
      const [plain, ran] = await Promise.all([
        aggctl([...command, '-o', format]),
        aggctl([...command, '-o', format, '-o', `html=${file}`]),
      ]);
      expect(ran).toEqual(plain);
    }
    const page = readFileSync(file, 'utf8');
    expect(page).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\n$/);
    expect(page.includes('<h2 id="certificates">Certificates</h2>')).toBe(command === broken);
    expect(page).toContain('<h2 id="paths">Request paths</h2>');
  }
});

test('an existing file is replaced, and nobody may read it who might not before', async () => {
  const file = inEmptyFolder('report.json');
  writeFileSync(file, 'x'.repeat(1_000_000));
  chmodSync(file, 0o600);
  await aggctl([...broken, '-o', `json=${file}`]);
  expect(JSON.parse(readFileSync(file, 'utf8')).kind).toBe('Report');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

describe('before anybody is asked, in one sentence', () => {
  test.each<[string, (path: string) => void, string]>([
    ['a directory', (path) => mkdirSync(path), 'it is a directory'],
    ['a symbolic link', (path) => symlinkSync('/etc/hostname', path), 'it is not a regular file'],
    ['a FIFO', (path) => void execFileSync('mkfifo', [path]), 'it is not a regular file'],
  ])('%s', async (_, make, reason) => {
    const path = inEmptyFolder('a');
    make(path);
    const ran = await aggctl([...broken, '-o', `json=${path}`]);
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr: `aggctl: ${path} cannot be written: ${reason}\n` });
  });
  test.each([
    ['/dev/null', 'it is not a regular file'],
    ['/nowhere/at/all.json', '/nowhere/at: no such directory'],
  ])('%s', async (path, reason) => {
    const ran = await aggctl([...broken, '-o', `json=${path}`]);
    expect(ran).toMatchObject({ status: 2, stdout: '', stderr: `aggctl: ${path} cannot be written: ${reason}\n` });
  });
  test('a file that another option names', async () => {
    const file = inEmptyFolder('a');
    for (const options of [
      ['-o', `yaml=${file}`],
      ['--record', file],
      ['--manifest', file],
    ])
      expect((await aggctl(['doctor', '-o', `json=${file}`, ...options])).stderr).toBe(
        `aggctl: ${file} cannot be written: another option names it\n`,
      );
    const recording = scenario('healthy');
    expect((await aggctl(['doctor', '--snapshot', recording, '-o', `json=${recording}`])).status).toBe(2);
    expect(readFileSync(recording, 'utf8')).toMatch(/^\{"aggctl":2/);
  });
  test.each([
    [['doctor', '-o', 'json', '-o', 'yaml'], /-o is given twice for stdout/],
    [['doctor', '-o', 'wide'], /Allowed choices are text, json, yaml, jsonl, html, markdown, junit, sarif, prometheus/],
    [['doctor', '-o', 'json='], /The name of the file is empty/],
    [['flags', '-o', 'junit'], /Allowed choices are text, json, yaml, jsonl, wide; see/],
    [['certs', '-o', 'sarif'], /Allowed choices are text, json, yaml, jsonl, wide, prometheus; see/],
    [['check-apiservice', '--demo', '-o', 'sarif'], /-o sarif prints reports, not this list: name an APIService, or add --all/],
    [['check-apiservice', '--all', '--watch', '-o', 'json=x'], /--watch does not end/],
  ])('%j', async (args, says) => {
    const { stderr, status, stdout } = await aggctl(args);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([status, stdout]).toEqual([2, '']);
  });
});

test('a file that cannot be written at the end costs the file alone: status 3', async () => {
  const file = inEmptyFolder('a');
  // The name fits, the one beside it does not.
  const long = join(file, '..', 'x'.repeat(240));
  const ran = await aggctl([...broken, '-o', `json=${long}`]);
  expect(ran.status).toBe(3);
  expect(ran.stderr).toMatch(/^aggctl: \S+ cannot be written: ENAMETOOLONG/);
  expect(ran.stdout).toContain('front-proxy-client-expired');
  expect(readdirSync(join(file, '..'))).toEqual([]);
});
