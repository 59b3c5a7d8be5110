import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { demos } from '../../src/commands/open-source.ts';
import { aggctl, kubeconfig, program, run } from './aggctl.ts';

const commands = ['doctor', 'check-apiservice', 'flags', 'certs', 'lint', 'checks', 'explain'];

/** A folder with everything that can be named wrongly. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aggctl-usage-'));
  const put = (path: string, text: string | Buffer) => writeFileSync(join(folder, path), text);
  for (const made of ['empty', 'other', 'half', 'future', 'bare', 'root']) mkdirSync(join(folder, made));
  symlinkSync(fileURLToPath(new URL('../../demo/healthy.jsonl', import.meta.url)), join(folder, 'healthy'));
  put('other/readme.txt', 'no snapshot');
  put('half/snapshot.json', '{ "format": 1, "capturedAt": "2026-1');
  put('future/snapshot.json', '{ "format": 2 }');
  put('bare/snapshot.json', '{ "format": 1, "capturedAt": "2026-11-23T00:00:00Z" }');
  put('root/configmap.yaml', 'kind: ConfigMap\n');
  put('root/broken.yaml', 'kind: Pod\nspec: [\n');
  put('root/empty.yaml', '');
  put('root/latin1.yaml', Buffer.from('kind: Pod # Größe\n', 'latin1'));
  put('root/utf16.yaml', Buffer.from('\ufeffkind: Pod\n', 'utf16le'));
  put('root/nul.yaml', 'kind: Pod\n\0');
  put('words.conf', 'not a kubeconfig');
  put('good.conf', kubeconfig(1));
  put('nothing.conf', 'kind: Config\napiVersion: v1\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const healthy = ['--snapshot', 'healthy'];
const here = ['--root', 'root'];

/** Arguments, and what the one sentence says: what is wrong, and what to do. */
const rows: readonly (readonly [args: readonly string[], says: RegExp])[] = [
  [[], /no command given.* aggctl doctor --demo .*aggctl --help/],
  [['--'], /no command given/],
  [['nosuch'], /unknown command 'nosuch'; see: aggctl --help/],
  [['docter', '--demo'], /unknown command 'docter' \(did you mean doctor\?\); see: aggctl --help/],
  [['--demo'], /unknown option '--demo'; see: aggctl --help/],
  [['doctor', '--nosuch'], /unknown option '--nosuch'; see: aggctl doctor --help/],
  [['doctor', '--snapsho', 'x'], /unknown option '--snapsho' \(did you mean --snapshot\?\); see: aggctl doctor --help/],
  [['doctor', 'extra'], /too many arguments.*see: aggctl doctor --help/],
  [['explain'], /missing required argument 'check'; see: aggctl explain --help/],
  [['explain', 'nosuch'], /'nosuch' is not a check, a reason of a condition or an alert; see: aggctl checks/],
  [['explain', 'expired'], /'expired' is not a check.*\(did you mean .*-expired.*\); see: aggctl checks/],
  [['lint'], /missing required argument 'file'; see: aggctl lint --help/],
  [['lint', ''], /the name of a file is empty/],
  [['lint', 'nowhere.yaml'], /nowhere\.yaml cannot be read: no such file/],
  [['lint', '/dev/null'], /\/dev\/null cannot be read: it is not a regular file/],
  [['lint', '-'], /nothing to check in stdin: it holds no Kubernetes object/],
  [['lint', 'empty', 'empty'], /nothing to check in empty: it holds no Kubernetes object/],
  [['lint', 'root/configmap.yaml'], /nothing to check in root\/configmap\.yaml: it holds no Kubernetes object/],
  [['lint', 'root/broken.yaml'], /root\/broken\.yaml cannot be read: it is neither JSON nor YAML: .* \(line 3\)/],
  [['lint', 'root/nul.yaml'], /root\/nul\.yaml cannot be read: it is neither JSON nor YAML/],
  [['lint', 'root', '--fail-on', 'fatal'], /--fail-on must be error, warning, info or never, not 'fatal'/],
  [['lint', 'root', '--kubeconfig', 'good.conf'], /unknown option '--kubeconfig'; see: aggctl lint --help/],
  [['lint', 'good.conf', '-o', 'json=good.conf'], /good\.conf cannot be written: another option names it/],
  [['checks', '--demo'], /unknown option '--demo'; see: aggctl checks --help/],
  [['doctor', '-o', 'xml'], /'-o, --output <format>'.*'xml'.* text, json, yaml, jsonl, html, .*; see: aggctl doctor --help/],
  [['doctor', '-o'], /'-o, --output <format>' argument missing/],
  [
    ['checks', '--sort-by', 'node'],
    /'--sort-by <column>'.*'node'.*The columns are check, severity, scope, healthy-when; see: aggctl checks --help/,
  ],
  [['certs', '--sort-by', ''], /'--sort-by <column>' argument '' is invalid/],
  [['check-apiservice', '--demo', '--all', '--sort-by', 'age'], /--sort-by sorts the list of APIServices.*add -o wide/],
  [['doctor', '--color', 'blue'], /'blue'.* auto, always, never/],
  [['doctor', '--snapshot'], /'--snapshot <file>' argument missing/],
  // As of an unset variable in a script: it must not turn to the live cluster.
  [['doctor', '--snapshot', ''], /'--snapshot <file>' argument '' is invalid/],
  [['doctor', '--root', ''], /'--root <dir>' argument '' is invalid/],
  [['doctor', '--manifest', ''], /'--manifest <file>' argument '' is invalid/],
  [['doctor', '--record', ''], /'--record <file>' argument '' is invalid/],
  [['doctor', ...healthy, '--check', ''], /'--check <check>' argument '' is invalid/],
  [['doctor', ...healthy, '--at', ''], /'--at <time>' argument '' is invalid/],
  [['doctor', '--snapshot', 'nowhere'], /nowhere is not a snapshot: it does not exist/],
  [['doctor', '--snapshot', 'empty'], /empty is not a snapshot.*name a file that --record wrote/],
  [['doctor', '--snapshot', 'other'], /other is not a snapshot.*name a file that --record wrote/],
  [['doctor', '--snapshot', 'words.conf'], /words.conf is not a snapshot/],
  [['doctor', '--snapshot', 'half'], /half is not a snapshot: .*JSON/],
  [
    ['doctor', '--snapshot', 'future'],
    /future is not a snapshot: the format in its snapshot.json is 2, and this aggctl reads folders of format 1/,
  ],
  [['doctor', '--snapshot', 'bare'], /nothing to check in bare/],
  [['flags', '--snapshot', 'bare'], /kube-apiserver/],
  [['doctor', '--snapshot', 'bare', '--demo'], /--snapshot and --demo cannot be used together/],
  [['doctor', '--snapshot', 'bare', '--record', 'new'], /--record needs a live cluster: remove --snapshot or --demo/],
  [['doctor', '--demo', 'healthy', '--record', 'new'], /--record needs a live cluster/],
  [['doctor', '--demo', 'nosuch'], new RegExp(`demo 'nosuch' not found; the demos are ${demos.join(', ')}`)],
  [['flags', '--demo', 'nosuch'], /demo 'nosuch' not found/],
  [['doctor', ...here, '--manifest', 'root/nowhere.yaml'], /nowhere.yaml does not exist/],
  [
    ['doctor', ...here, '--manifest', 'root/configmap.yaml'],
    /configmap.yaml .*holds no Pod, Deployment or other workload whose command is kube-apiserver/,
  ],
  [['doctor', ...here, '--manifest', 'root/empty.yaml'], /empty.yaml .*holds no Pod/],
  ...['latin1', 'utf16', 'nul'].flatMap((file) =>
    ['doctor', 'flags'].map(
      (command) =>
        [[command, ...here, '--manifest', `root/${file}.yaml`], new RegExp(`${file}.yaml is not text in UTF-8: save it as UTF-8`)] as const,
    ),
  ),
  [['doctor', ...here, '--manifest', 'root/broken.yaml'], /broken.yaml .*not YAML/],
  [['doctor', ...here, '--manifest', 'words.conf'], /--manifest words.conf is not under --root/],
  [['doctor', '--root', 'nowhere'], /--root nowhere is not a directory/],
  [['flags', '--root', 'nowhere'], /--root nowhere is not a directory/],
  [['doctor', ...here, '--kubeconfig', 'nowhere.conf'], /`nowhere.conf` does not exist/],
  [['doctor', ...here, '--kubeconfig', 'words.conf'], /`words.conf` is not a kubeconfig/],
  [['doctor', ...here, '--kubeconfig', 'nothing.conf'], /`nothing.conf` has no cluster/],
  [['doctor', ...here, '--kubeconfig', 'empty'], /Cannot read the kubeconfig `empty`/],
  [['doctor', ...here, '--context', 'lab'], /`--context` .*no kubeconfig.*add --kubeconfig or --server/],
  [['doctor', ...here, '--kubeconfig', 'good.conf', '--context', 'nosuch'], /context `nosuch` is not in `good.conf`: it has `lab`/],
  [['doctor', ...here, '--server', 'ftp://127.0.0.1'], /`ftp:\/\/127.0.0.1` \(--server\) is not a URL such as/],
  [['doctor', ...here, '--server', 'https://127.0.0.1', '--request-timeout', 'soon'], /`--request-timeout soon` is not a duration/],
  [['doctor', ...here], /nothing to check: found no kubeconfig.*under root.*--kubeconfig or --root.*aggctl doctor --demo/],
  [['flags', ...here], /kube-apiserver/],
  [['doctor', ...healthy, '--at', 'garbage'], /--at must be a time such as 2027-03-01 .*not 'garbage'/],
  [['doctor', ...healthy, '--at', '2027-02-30'], /--at must be a time .*not '2027-02-30'/],
  [['doctor', ...healthy, '--at', '99999-01-01'], /--at must be a time .*not '99999-01-01'/],
  [['doctor', ...healthy, '--at', '2027-13-01'], /--at must be a time .*not '2027-13-01'/],
  [['doctor', ...healthy, '--warn-within', 'garbage'], /--warn-within must be a duration such as 30d.*not 'garbage'/],
  [['doctor', ...healthy, '--warn-within', '30'], /--warn-within must be a duration such as 30d.*not '30'/],
  [['doctor', ...healthy, '--fail-within', '1y'], /--fail-within must be a duration such as 30d.*not '1y'/],
  [['certs', ...healthy, '--fail-within', 'soon'], /--fail-within must be a duration such as 30d.*not 'soon'/],
  [['certs', '--snapshot', 'bare'], /nothing to check in bare/],
  [
    ['check-apiservice', ...healthy, 'v1.nosuch.example.com'],
    /APIService 'v1\.nosuch\.example\.com' not found.*see: aggctl check-apiservice$/m,
  ],
  [['check-apiservice', ...healthy, 'v1alpha1.wardel.example.com'], /did you mean v1alpha1\.wardle\.example\.com/],
  [['check-apiservice', ...healthy, '--wait', '2m', 'x'], /--wait needs a live cluster: remove --snapshot/],
  [['doctor', ...healthy, '--wait', '2m'], /--wait needs a live cluster: remove --snapshot/],
  [['doctor', '--demo', '--wait', '2m'], /--wait needs a live cluster: remove --demo/],
  [['doctor', ...here, '--wait', '2m', '--record', 'new'], /--record saves a single run, and --wait repeats it/],
  [['doctor', ...here, '--wait', '2m', '--nodes'], /--nodes reads the nodes in a single run, and --wait repeats it/],
  [['doctor', '--wait', 'soon'], /--wait must be a duration such as 30d.*not 'soon'/],
  [['check-apiservice', '--all', '--watch', '--nodes', ...here], /--nodes reads the nodes in a single run, and --watch repeats it/],
  [
    ['check-apiservice', ...healthy, '--namespace', 'nosuch'],
    /no APIService has its Service in namespace 'nosuch'; see: aggctl check-apiservice$/m,
  ],
  [['check-apiservice', ...healthy, '-n', 'nosuch', '--unavailable'], /no APIService has its Service in namespace 'nosuch'/],
  [['doctor', '-n', ''], /'-n, --namespace <name>' argument '' is invalid/],
  [['help', 'nosuch'], /unknown topic 'nosuch' \(known are doctor, .*, environment\); see: aggctl help --help/],
  [['check-apiservice', '--wait', '', 'x'], /'--wait <span>' argument '' is invalid/],
  [['doctor', ...healthy, '--target-version', 'latest'], /--target-version must be a Kubernetes version such as 1.36, not 'latest'/],
  [['doctor', ...healthy, '--fail-on', 'fatal'], /--fail-on must be error, warning, info or never, not 'fatal'/],
  [['doctor', ...healthy, '--check', 'nosuch'], /check 'nosuch' not found; see: aggctl checks/],
  [['doctor', ...healthy, '--skip', 'nosuch'], /check 'nosuch' not found; see: aggctl checks/],
  [['doctor', ...healthy, '--check', 'configmap-missing,nosuch'], /check 'nosuch' not found/],
];

test.concurrent.each(rows)('%j is wrong usage: one sentence', async (args, says) => {
  const ran = await aggctl(args, { cwd: folder });
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^aggctl: .*\S\n$/);
  expect(ran.stderr).toMatch(says);
});

test('what is wrong is said in text, also where the result would be JSON', async () => {
  const ran = await aggctl(['doctor', '--demo', 'nosuch', '-o', 'json']);
  expect(ran).toMatchObject({ status: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^aggctl: demo 'nosuch' not found/);
});

describe('help and version', () => {
  test('the help names every command', async () => {
    for (const option of ['--help', '-h', 'help']) {
      const ran = await aggctl([option]);
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      for (const command of commands) expect(ran.stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    }
  });

  test.each(commands)("%s's help", async (command) => {
    const ran = await aggctl([command, '--help']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(new RegExp(`^Usage: aggctl ${command} `));
    expect(ran.stdout).toContain('-o, --output <format>');
    expect(await aggctl(['help', command])).toEqual(ran);
  });

  test('the version is that of the package', async () => {
    const { default: manifest } = await import('../../package.json', { with: { type: 'json' } });
    for (const option of ['--version', '-V'])
      expect(await aggctl([option])).toEqual({ status: 0, signal: null, stdout: `${manifest.version}\n`, stderr: '' });
  });

  test("as kubectl's plugin it calls itself so", async () => {
    const plugin = join(folder, 'kubectl-aggctl');
    const asPlugin = (...args: string[]) => run([...program.slice(0, -1), plugin, ...args]);
    symlinkSync(program.at(-1) ?? '', plugin);
    const help = await asPlugin('doctor', '--help');
    expect(help).toMatchObject({ status: 0, stderr: '' });
    expect(help.stdout).toMatch(/^Usage: kubectl aggctl doctor /);
    expect((await asPlugin()).stderr).toMatch(/^kubectl aggctl: no command given; try: kubectl aggctl doctor/);
    expect((await asPlugin('doctor', '--nosuch')).stderr).toMatch(/see: kubectl aggctl doctor --help/);
    expect((await asPlugin('explain', 'nosuch')).stderr).toMatch(/see: kubectl aggctl checks$/m);
    expect((await asPlugin('doctor', '--demo')).stdout).toMatch(/^ {4}kubectl aggctl explain front-proxy-client-expired\n$/m);
    expect((await asPlugin('explain', 'KubeAggregatedAPIDown')).stdout).toMatch(/Run kubectl aggctl check-apiservice:/);
    expect((await asPlugin('explain', 'AggctlNotRunning')).stdout).toContain('Run kubectl -n aggctl get cronjobs');
    const template = join(folder, 'template.yaml');
    writeFileSync(template, 'kind: {{ .Values.kind }}-a\n');
    expect((await asPlugin('lint', template)).stderr).toMatch(/\| kubectl aggctl lint -$/m);
  });
});

test('what an argument says reaches the terminal as text', async () => {
  writeFileSync(join(folder, 'one.yaml'), kubeconfig(1));
  for (const args of [
    ['doctor', '--nosuch\x1b]52;c;eA==\x07\u202e\nhealthy'],
    ['explain', 'a\x1b[2Jb\n'],
    ['doctor', '--context', '\x1b]52;c;eA==\x07', '--kubeconfig', join(folder, 'one.yaml')],
  ]) {
    const { status, stderr, stdout } = await aggctl(args);
    expect(status).not.toBe(0);
    expect(stderr + stdout).toContain('\\x1b');
    expect((stderr + stdout).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
});

describe('checks and explain', () => {
  test('checks lists each check in its order', async () => {
    const ran = await aggctl(['checks', '-o', 'json']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const { kind, items } = JSON.parse(ran.stdout) as { kind: string; items: { id: string }[] };
    expect([kind, items.map(({ id }) => id)]).toEqual(['Checks', checks.map(({ id }) => id)]);
  });

  test('explain tells of one', async () => {
    const check = checks[0];
    const ran = await aggctl(['explain', check?.id ?? '']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toContain(check?.title);
  });
});
