/** `aggctl lint` as its users run it: in a pipe, and in CI. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manifests } from '../lint/manifests.ts';
import { aggctl, emptyFolder } from './aggctl.ts';

const broken = manifests('metrics-server').replace('targetPort: https', 'targetPort: 4443');
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

test('stdin, in a pipe', async () => {
  const ran = await aggctl(['lint', '-'], { stdin: broken });
  expect(ran).toMatchObject({ status: 1, stderr: '' });
  expect(ran.stdout).toMatch(/^stdin · 8 objects in 1 file, 1 APIService\nChecked as if applied, without a cluster\.\n/);
  expect(ran.stdout).toContain(`  at        stdin:${lineOf(broken, 'targetPort: 4443')}\n`);
  expect(ran.stdout).toMatch(
    /\n1 error · 1 warning · \d+ ok +exit 1\n\nNext: Set targetPort of Service `kube-system\/metrics-server` to .*\n.*\n {4}aggctl explain service-target-port-differs\n$/,
  );
});

test('what is sound says so in a line, or with -q nothing', async () => {
  const stdin = manifests('keda');
  const [plain, quiet] = await Promise.all([aggctl(['lint', '-'], { stdin }), aggctl(['lint', '-', '-q'], { stdin })]);
  expect(plain).toMatchObject({ status: 0, stderr: '' });
  expect(plain.stdout).toContain('\n✓ No problem found in these manifests.\n');
  expect(quiet).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

test('lines of SARIF, JUnit and Markdown are those of the files', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'a.yaml'), broken);
  const args = ['lint', 'a.yaml', '-o', 'sarif', '-o', 'junit=a.xml', '-o', 'markdown=a.md', '-o', 'json=a.json'];
  const { status, stdout } = await aggctl(args, { cwd: folder });
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const [at, skip] = [lineOf(broken, 'targetPort: 4443'), lineOf(broken, 'insecureSkipTLSVerify')];
  expect(status).toBe(1);
  const [run] = JSON.parse(stdout).runs;
  expect(run.results.map((one: { locations: { physicalLocation: object }[] }) => one.locations[0]?.physicalLocation)).toEqual([
    { artifactLocation: { uri: 'a.yaml' }, region: { startLine: at } },
    { artifactLocation: { uri: 'a.yaml' }, region: { startLine: skip } },
  ]);
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id).toSorted()).toEqual([
    'service-target-port-differs',
    'serving-certificate-not-verified',
  ]);
  expect(read('a.xml')).toContain(`at: a.yaml:${at}`);
  expect(read('a.md')).toContain(`- at \`a.yaml:${at}\``);
  expect(JSON.parse(read('a.json')).findings[0].at).toEqual({ file: 'a.yaml', line: at });
});

test('two problems of one check and one APIService are two alerts of code scanning', async () => {
  const stdin = broken
    .replace('versionPriority: 100', 'versionPriority: 0')
    .replace('groupPriorityMinimum: 100', 'groupPriorityMinimum: 0');
  const [run] = JSON.parse((await aggctl(['lint', '-', '-o', 'sarif'], { stdin })).stdout).runs;
  const marks = run.results.map((one: { partialFingerprints: object }) => JSON.stringify(one.partialFingerprints));
  expect(marks.filter((mark: string) => mark.includes('apiservice-rejected'))).toHaveLength(2);
  expect(new Set(marks).size).toBe(marks.length);
});

test('a known problem is suppressed, and an entry for checks of clusters is not called unused', async () => {
  const folder = emptyFolder();
  const entry = (check: string) => `  - check: ${check}\n    reason: known\n`;
  const known = ['service-target-port-differs', 'serving-certificate-not-verified', 'front-proxy-client-expired', 'group-reserved'];
  writeFileSync(join(folder, '.aggctl.yaml'), `suppressions:\n${known.map(entry).join('')}`);
  const ran = await aggctl(['lint', '-', '-o', 'json'], { cwd: folder, stdin: broken });
  const report = JSON.parse(ran.stdout);
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(report.suppressed.map(({ id, at }: { id: string; at: object }) => [id, at])).toEqual([
    ['service-target-port-differs', { file: 'stdin', line: lineOf(broken, 'targetPort: 4443') }],
    ['serving-certificate-not-verified', { file: 'stdin', line: lineOf(broken, 'insecureSkipTLSVerify') }],
  ]);
  expect(report.findings.map(({ id, subject }: { id: string; subject: { name: string } }) => [id, subject.name])).toEqual([
    ['suppression-unused', 'group-reserved'],
  ]);
  expect(report.summary).toMatchObject({ error: 0, suppressed: 2 });
});

test('neither a kubeconfig nor a proxy is used', async () => {
  const env = { KUBECONFIG: '/nonexistent/config', HTTPS_PROXY: 'http://127.0.0.1:1' };
  expect(await aggctl(['lint', '-', '--fail-on', 'warning'], { stdin: manifests('metrics-server'), env })).toMatchObject({
    status: 1,
    stderr: '',
  });
});

test('every word of a hostile manifest is shown, and none is obeyed', async () => {
  const name = 'x\\u001b[31m\\u202e';
  const stdin = `${broken}---\n{"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": "${name}"}, "spec": {"group": "${name}", "version": "v1", "service": {"name": "${name}", "namespace": "../x"}}}\n`;
  const ran = await aggctl(['lint', '-', '--color=never'], { stdin });
  expect(ran.status).toBe(1);
  expect(ran.stdout).toContain('apiservice-rejected');
  expect(ran.stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
