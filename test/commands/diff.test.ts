import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { aggctl, scenario } from '../cli/aggctl.ts';

const folder = mkdtempSync(join(tmpdir(), 'aggctl-diff-'));
afterAll(() => rmSync(folder, { recursive: true }));
const [healthy, expired, rejected] = ['healthy', 'front-proxy-client-expired', 'firewall-drops-pods-laptop'].map(scenario) as [
  string,
  string,
  string,
];

async function diff(...args: string[]) {
  const { stdout, stderr, status } = await aggctl(['diff', ...args, '-o', 'json']);
  const items = stdout ? (JSON.parse(stdout).items as { state: string; id: string }[]) : [];
  return { status, stderr, items: items.map(({ state, id }) => `${state} ${id}`) };
}
async function report(name: string, file: string, ...options: string[]) {
  const path = join(folder, file);
  const { stdout } = await aggctl(['doctor', '--snapshot', name, '-o', 'json', ...options]);
  writeFileSync(path, stdout);
  return path;
}

test('a new problem fails, one that is gone does not', async () => {
  expect(await diff(healthy, expired)).toEqual({ status: 1, stderr: '', items: ['new front-proxy-client-expired'] });
  expect(await diff(expired, healthy)).toMatchObject({ status: 0, items: ['gone front-proxy-client-expired'] });
  expect(await diff(expired, expired)).toMatchObject({ status: 0, items: ['same front-proxy-client-expired'] });
  expect(await diff(healthy, expired, '--fail-on', 'never')).toMatchObject({ status: 0 });
});
test('reports and recordings can be compared with each other', async () => {
  expect(await diff(await report(expired, 'a.json'), healthy)).toMatchObject({ status: 0, items: ['gone front-proxy-client-expired'] });
  expect(await diff(healthy, await report(expired, 'b.json'))).toMatchObject({ status: 1 });
});
test('what is suppressed on one side alone is listed as nothing, and said', async () => {
  const file = join(folder, 'known.yaml');
  writeFileSync(file, 'suppressions: [{ check: front-proxy-client-expired, reason: known }]\n');
  const known = await report(expired, 'known.json', '--suppressions', file);
  for (const sides of [
    [healthy, known],
    [known, healthy],
  ]) {
    const { stdout, status } = await aggctl(['diff', ...sides]);
    expect(status).toBe(0);
    expect(stdout).toContain(': no problem on either side except suppressed ones\n');
  }
  expect((await aggctl(['diff', healthy, healthy])).stdout).toContain(': no problem on either side\n');
});
test('of two subjects with one problem, the one that keeps it is no news', async () => {
  const manifests = (...groups: string[]) =>
    groups
      .map(
        (group) =>
          `---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: { name: v1.${group} }\nspec: { group: ${group}, version: v1, versionPriority: 0, groupPriorityMinimum: 1, service: { name: a, namespace: b }, caBundle: Cg== }\n`,
      )
      .join('');
  const linted = async (name: string, ...groups: string[]) => {
    const path = join(folder, name);
    writeFileSync(`${path}.yaml`, manifests(...groups));
    const { stdout } = await aggctl(['lint', `${path}.yaml`, '-o', 'json']);
    writeFileSync(path, stdout);
    return { path, findings: JSON.parse(stdout).findings as { id: string; others?: object[] }[] };
  };
  const [both, one] = [await linted('both.json', 'a.example.com', 'b.example.com'), await linted('one.json', 'b.example.com')];
  expect(both.findings.find(({ id }) => id === 'apiservice-rejected')?.others).toEqual([{ scope: 'apiservice', name: 'v1.b.example.com' }]);
  const { status, items } = await diff(both.path, one.path);
  expect(status).toBe(0);
  expect(items.filter((item) => item.endsWith(' apiservice-rejected'))).toEqual(['gone apiservice-rejected', 'same apiservice-rejected']);
  expect((await diff(one.path, both.path)).status).toBe(1);
});
test('a heading dates each side, and no date is made of a text that is none', async () => {
  const path = join(folder, 'dated.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(await report(healthy, 'c.json'), 'utf8')), capturedAt: 'yesterday' }));
  const { stdout, status } = await aggctl(['diff', path, healthy]);
  expect(status).toBe(0);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /dated\.json \(undated\) → \S+healthy\.jsonl \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\): no problem/,
  );
});
test('what was not checked again is not gone', async () => {
  const found = await diff(expired, rejected);
  expect(found.items).toContain('not checked front-proxy-client-expired');
  expect((await diff(expired, rejected, '--fail-on', 'never')).status).toBe(3);
});
test('where the APIServices could not be listed, none of their problems is gone', async () => {
  const down = await report(scenario('extension-server-down'), 'down.json');
  const cut = join(folder, 'cut.jsonl');
  writeFileSync(cut, readFileSync('demo/healthy.jsonl', 'utf8').slice(0, 3000));
  const found = await diff(down, cut, '--fail-on', 'never');
  expect(found.items.length).toBeGreaterThan(0);
  for (const one of found.items) expect(one).toMatch(/^not checked /);
  expect(found.status).toBe(3);
});
test('what the older side did not check is no news, and fails all the same', async () => {
  const without = await report(expired, 'without.json', '--skip', 'front-proxy-client-expired');
  const found = await diff(without, expired);
  expect(found.items).toContain('first checked front-proxy-client-expired');
  expect(found.status).toBe(1);
  expect((await diff(expired, without)).items).toContain('not checked front-proxy-client-expired');
});
test('a report on one APIService is not held against one on the whole cluster', async () => {
  const path = join(folder, 'one.json');
  const named = ['check-apiservice', 'v1alpha1.wardle.example.com', '--snapshot', healthy, '-o', 'json'];
  writeFileSync(path, (await aggctl(named)).stdout);
  const { status, stderr } = await diff(path, expired);
  expect(stderr).toMatch(/one\.json is about APIService v1alpha1\.wardle\.example\.com, and .* about the whole cluster/);
  expect(status).toBe(2);
});
test('what became the consequence of another problem is still there', async () => {
  const alone = await report(expired, 'alone.json', '--skip', 'front-proxy-client-expired,extension-servers-reject-front-proxy');
  const found = await diff(alone, expired);
  expect(found.items).toContain('same apiservice-unavailable');
  expect(found.items).not.toContain('gone apiservice-unavailable');
});
test.each([
  ['no such file', 'nowhere.jsonl', /nowhere\.jsonl is not a snapshot: it does not exist/],
  ['another JSON', 'package.json', /package\.json is not a snapshot/],
])('%s: one sentence', async (_, file, says) => {
  const { status, stderr } = await diff(healthy, file);
  expect(stderr).toMatch(says);
  expect(status).toBe(2);
});
