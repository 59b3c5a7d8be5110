/** `--suppressions` and `.aggctl.yaml`: what is known is not told again, but counted. */
import { chownSync, lchownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifests } from '../lint/manifests.ts';
import { faultsOf } from '../support/schemas.ts';
import { aggctl, emptyFolder, scenario } from './aggctl.ts';

const expired = ['--snapshot', scenario('front-proxy-client-expired')];
const known = `suppressions:
  - check: front-proxy-client-*
    subject: cp-1
    reason: renewed on Sunday, OPS-4711
    until: 2026-12-31
`;
/** A working directory with this `.aggctl.yaml`. */
function folderWith(text: string): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, '.aggctl.yaml'), text);
  return folder;
}
const doctor = (text: string, ...options: string[]) => aggctl(['doctor', ...expired, ...options], { cwd: folderWith(text) });

test('.aggctl.yaml is applied, and the report says so', async () => {
  const ran = await doctor(known);
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(ran.stdout).toMatch(/^1 problem is suppressed by \.aggctl\.yaml, with 2 that it causes$/m);
  expect(ran.stdout).not.toContain('Healthy');
  expect(ran.stdout).not.toContain('✗ front-proxy-client-expired');
  expect(ran.stdout).toMatch(/^0 errors · 0 warnings · 1 suppressed · .* exit 0$/m);
  expect((await doctor(known, '-q')).stdout).toBe('1 problem is suppressed by .aggctl.yaml, with 2 that it causes\n');
  expect((await doctor('suppressions: []\n')).stdout).toContain('\nno problem is suppressed by .aggctl.yaml\n');
});

test('of manifests, too: nothing is called sound that is suppressed', async () => {
  const cwd = folderWith('suppressions:\n  - check: serving-certificate-not-verified\n    reason: known\n');
  writeFileSync(join(cwd, 'all.yaml'), manifests('metrics-server'));
  const ran = await aggctl(['lint', 'all.yaml'], { cwd });
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(ran.stdout).toContain('\n1 problem is suppressed by .aggctl.yaml\n\n– No problem found except suppressed ones.\n');
});

test('-v lists what is suppressed, why and until when', async () => {
  const { stdout } = await doctor(known, '-v');
  expect(stdout).toMatch(
    /^– suppressed: front-proxy-client-expired \(cp-1\)\n[\s\S]*?^ {2}causes {4}extension-servers-reject-front-proxy: [\s\S]*?^ {2}reason {4}renewed on Sunday, OPS-4711\n {2}by {8}\.aggctl\.yaml:2, until 2026-12-31$/m,
  );
});

test('a file that is named is read in place of .aggctl.yaml', async () => {
  const folder = folderWith('not: read');
  writeFileSync(join(folder, 'other.yaml'), known);
  const ran = await aggctl(['doctor', ...expired, '--suppressions', 'other.yaml'], { cwd: folder });
  expect(ran.status).toBe(0);
  expect(ran.stdout).toContain('suppressed by other.yaml');
});

test('an entry that has expired suppresses nothing', async () => {
  const ran = await doctor(known, '--at', '2027-01-01');
  expect(ran.status).toBe(1);
  expect(ran.stdout).toMatch(/^! suppression-expired · front-proxy-client-\* cp-1[\s\S]*\.aggctl\.yaml:2$/m);
  expect((await doctor(known, '--at', '2026-12-31T23:59:59Z')).status).toBe(0);
});

test('a demo is shown as it is, unless the file is named', async () => {
  const cwd = folderWith(known);
  expect((await aggctl(['doctor', '--demo'], { cwd })).status).toBe(1);
  expect((await aggctl(['doctor', '--demo', '--suppressions', '.aggctl.yaml'], { cwd })).status).toBe(0);
});

test('the file of another user is not read unless it is named', async (context) => {
  if (process.getuid?.() !== 0) return context.skip();
  const cwd = folderWith(known);
  chownSync(join(cwd, '.aggctl.yaml'), 65534, 65534);
  const ran = await aggctl(['doctor', ...expired], { cwd });
  expect(ran).toMatchObject({
    status: 1,
    stderr: 'warning: .aggctl.yaml belongs to another user, so it suppresses nothing; to apply it, add --suppressions .aggctl.yaml\n',
  });
  expect(ran.stdout).not.toContain('suppressed');
  expect((await aggctl(['doctor', ...expired, '--suppressions', '.aggctl.yaml'], { cwd })).status).toBe(0);
  expect((await aggctl(['doctor', ...expired], { cwd, env: { SUDO_UID: '65534' } })).status).toBe(0);
});

test('nor is a file of this user through a link that another user made', async (context) => {
  if (process.getuid?.() !== 0) return context.skip();
  const [own, cwd] = [folderWith(known), folderWith('')];
  const link = join(cwd, '.aggctl.yaml');
  rmSync(link);
  symlinkSync(join(own, '.aggctl.yaml'), link);
  expect((await aggctl(['doctor', ...expired], { cwd })).status).toBe(0);
  lchownSync(link, 65534, 65534);
  expect(await aggctl(['doctor', ...expired], { cwd })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('belongs to another user'),
  });
});

describe('check-apiservice', () => {
  const name = 'v1alpha1.wardle.example.com';
  test('shows where the request breaks all the same', async () => {
    const ran = await aggctl(['check-apiservice', name, ...expired], { cwd: folderWith(known) });
    expect(ran.status).toBe(0);
    expect(ran.stdout).toContain(`✗ ${name} breaks at front proxy`);
    expect(ran.stdout).toContain('– No problem found except suppressed ones.');
  });
  test('lists the cause as suppressed', async () => {
    const cwd = folderWith(known);
    const ran = await aggctl(['check-apiservice', ...expired], { cwd });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(/front-proxy-client-expired \(suppressed\)$/m);
    const list = JSON.parse((await aggctl(['check-apiservice', ...expired, '-o', 'json'], { cwd })).stdout);
    expect(faultsOf(list)).toEqual([]);
    expect(list.items[0].cause).toMatchObject({ id: 'front-proxy-client-expired', suppressed: true });
  });
  test('of a healthy APIService counts what is suppressed elsewhere as none of its own', async () => {
    const cwd = folderWith(known);
    const { stdout } = await aggctl(['check-apiservice', 'v1.apps', ...expired, '-o', 'json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ suppressions: '.aggctl.yaml', suppressed: [], summary: { suppressed: 0, exitStatus: 0 } });
  });
});

test('diff: a problem that is suppressed now is not gone, and one that no longer is, is not new', async () => {
  const cwd = folderWith(known);
  for (const [file, ...options] of [['suppressed.json'], ['told.json', '--at', '2027-01-01']])
    await aggctl(['doctor', ...expired, ...options, '-o', `json=${file}`], { cwd });
  for (const files of [
    ['suppressed.json', 'told.json'],
    ['told.json', 'suppressed.json'],
  ]) {
    const { items } = JSON.parse((await aggctl(['diff', ...files, '-o', 'json'], { cwd })).stdout);
    expect(items.filter(({ id }: { id: string }) => id === 'front-proxy-client-expired')).toMatchObject([{ state: 'same' }]);
  }
});

describe('other formats', () => {
  test('json', async () => {
    const report = JSON.parse((await doctor(known, '-o', 'json')).stdout);
    expect(faultsOf(report)).toEqual([]);
    expect(report).toMatchObject({ suppressions: '.aggctl.yaml', findings: [], summary: { error: 0, suppressed: 1, exitStatus: 0 } });
    expect(report.suppressed).toMatchObject([
      {
        id: 'front-proxy-client-expired',
        suppression: { reason: 'renewed on Sunday, OPS-4711', until: '2026-12-31', at: { file: '.aggctl.yaml', line: 2 } },
      },
    ]);
  });
  test('junit: skipped', async () =>
    expect((await doctor(known, '-o', 'junit')).stdout).toMatch(
      /failures="0"[\s\S]*name="front-proxy-client-expired \(cp-1\)"><skipped message="suppressed: renewed on Sunday, OPS-4711"\/>/,
    ));
  test('sarif: a result that is suppressed', async () => {
    const [{ tool, results }] = JSON.parse((await doctor(known, '-o', 'sarif')).stdout).runs;
    expect(results[0]).toMatchObject({
      ruleId: 'front-proxy-client-expired',
      suppressions: [
        {
          kind: 'external',
          status: 'accepted',
          justification: 'renewed on Sunday, OPS-4711',
          location: { physicalLocation: { artifactLocation: { uri: '.aggctl.yaml' }, region: { startLine: 2 } } },
        },
      ],
    });
    expect(tool.driver.rules).toHaveLength(1);
    const late = JSON.parse((await doctor(known, '-o', 'sarif', '--at', '2027-01-01')).stdout).runs[0];
    expect(late.tool.driver.rules.map(({ id }: { id: string }) => id)).toContain('suppression-expired');
  });
  test('prometheus: a gauge of its own', async () => {
    const { stdout } = await doctor(known, '-o', 'prometheus');
    expect(stdout).toMatch(/^aggctl_suppressed_finding\{id="front-proxy-client-expired",.*\} 1$/m);
    expect(stdout).not.toMatch(/^aggctl_finding\{/m);
  });
  test('markdown: a line', async () => {
    const { stdout } = await doctor(known, '-o', 'markdown');
    expect(stdout).toContain('- `front-proxy-client-expired` (`cp-1`): renewed on Sunday, OPS-4711\n');
    expect(stdout).toContain('\nNo problem found except suppressed ones.\n');
  });
});

test('both findings about the file are explained', async () => {
  for (const id of ['suppression-expired', 'suppression-unused'])
    expect(await aggctl(['explain', id])).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining(id) });
});

describe('wrong files are named with their line, in one sentence', () => {
  const list = (...lines: string[]) => `suppressions:\n${lines.map((line) => `  ${line}\n`).join('')}`;
  test.each([
    ['suppressions: [', ':1: cannot be read as YAML: '],
    ['suppressions:\n  - a: b: c', ':2: cannot be read as YAML: '],
    ['suppressions: []\n---\nsuppressions: []', ':2: cannot be read as YAML: it holds more than one document'],
    ['- check: x', ':1: a file of suppressions is a mapping with the field suppressions'],
    ['suppressions: []\nsupressions: []', ":2: unknown field 'supressions' (did you mean suppressions?)"],
    ['suppressions: x', ':1: suppressions is a list of entries, each with check and reason'],
    [list('- x'), ':2: an entry is a mapping with check and reason'],
    [list('- reason: r'), ':2: the entry has no check: name one, as aggctl checks lists them; * stands for any part'],
    [list('- check: configmap-missing'), ':2: the entry has no reason: say why this problem is accepted'],
    [list('- check: configmap-missing', '  reason: ""'), ':3: reason must be a text that is not empty'],
    [list('- check: configmap-missing', '  reason: 5'), ':3: reason must be a text that is not empty'],
    [list('- check: configmap-missing', '  raeson: r'), ":3: unknown field 'raeson' (did you mean reason?)"],
    [
      list('- check: configmap-missing', '  reason: r', '  owner: me'),
      ":4: unknown field 'owner' (known are check, subject, reason, until)",
    ],
    [
      list('- check: configmap-mising', '  reason: r'),
      ":2: check 'configmap-mising' not found (did you mean configmap-missing?); see: aggctl checks",
    ],
    [list('- check: nosuch-*', '  reason: r'), ":2: check 'nosuch-*' not found; see: aggctl checks"],
    [list('- check: configmap-missing', '  reason: r', '  until: tomorrow'), ":4: until must be a day such as 2027-03-01, not 'tomorrow'"],
    [
      list('- check: configmap-missing', '  reason: r', '  until: 2027-02-30'),
      ":4: until must be a day such as 2027-03-01, not '2027-02-30'",
    ],
    [list('- check: configmap-missing', '  reason: r', '  reason: s'), ':4: cannot be read as YAML: Map keys must be unique'],
  ])('%j', async (text, says) => {
    const ran = await doctor(text);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
    expect(ran.stderr.startsWith(`aggctl: .aggctl.yaml${says}`), ran.stderr).toBe(true);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('an empty file has no entries, and a file that cannot be read is none', async () => {
    expect((await doctor('')).status).toBe(1);
    const cwd = emptyFolder();
    mkdirSync(join(cwd, '.aggctl.yaml'));
    symlinkSync('nowhere', join(cwd, 'link'));
    for (const [options, says] of [
      [[], 'cannot read the suppressions in .aggctl.yaml: it is a directory'],
      [['--suppressions', 'link'], 'cannot read the suppressions in link: no such file'],
      [['--suppressions', ''], "option '--suppressions <file>' argument '' is invalid. The value is empty; see: aggctl doctor --help"],
    ] as const)
      expect(await aggctl(['doctor', ...expired, ...options], { cwd })).toMatchObject({
        status: 2,
        stdout: '',
        stderr: `aggctl: ${says}\n`,
      });
  });
});
