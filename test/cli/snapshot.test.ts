/** `aggctl snapshot FILE`: what is in a snapshot, and what another tool collected. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';
import { expect, test } from 'vitest';
import { snapshot } from '../../src/commands/snapshot.ts';
import { layOut, worldOf } from '../support/layouts.ts';
import { checkout } from '../support/scenarios.ts';
import { faultsOf } from '../support/schemas.ts';
import { aggctl, emptyFolder, scenario } from './aggctl.ts';

async function json(args: readonly string[]) {
  const ran = await aggctl(['snapshot', ...args, '-o', 'json']);
  const document = JSON.parse(ran.stdout);
  expect(faultsOf(document)).toEqual([]);
  return { ...ran, document };
}
/** A must-gather of a recorded cluster. */
async function mustGather(name: string): Promise<string> {
  const folder = emptyFolder();
  for (const [path, text] of Object.entries(layOut['must-gather'](await worldOf(scenario(name))))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

test('each question of a recording is listed, with what kind of answer it has', async () => {
  const file = scenario('healthy');
  const { document, status, stderr } = await json([file]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1, -1);
  expect(document).toMatchObject({ kind: 'SnapshotQuestions', file, captured: expect.stringMatching(/^2026/), answers: lines.length });
  const texts = document.items.map(({ question }: { question: string }) => question);
  expect(new Set(texts).size).toBe(lines.length);
  expect(texts).toContain('GET /version');
  expect(document.items.find(({ kind }: { kind: string }) => kind === 'key')).toMatchObject({ answer: 'pem', node: 'cp-1' });
  const text = (await aggctl(['snapshot', file])).stdout;
  expect(text).toMatch(/^.*healthy\.jsonl: recorded by aggctl .*, 2026-.*Z\n.*as kubernetes-admin\n\d+ answers: \d+ api, /);
  expect(text).toContain('were never recorded.');
  expect(text).toMatch(/^QUESTION +ANSWER +WITHHELD +SIZE +NODE$/m);
  expect(text).toMatch(/^GET \/version +200 +0 +\d+ B +<none>$/m);
});

test('--show prints the answer to each question that is listed, and nothing that was withheld', async () => {
  const file = scenario('healthy');
  const { document } = await json([file]);
  for (const { question } of document.items) {
    const ended = await snapshot(file, { show: question }).next();
    const shown = JSON.parse(JSON.stringify(ended.value));
    expect(faultsOf(shown)).toEqual([]);
    expect(shown).toMatchObject({ kind: 'SnapshotAnswer', text: question });
    expect(JSON.stringify(shown)).not.toMatch(/PRIVATE KEY-----/);
  }
  const version = await aggctl(['snapshot', file, '--show', 'GET /version']);
  expect(version.stdout).toMatch(/^GET \/version\n[\s\S]*^status: 200$[\s\S]*^\{\n {2}"gitVersion": "v1\./m);
  const manifest = await aggctl(['snapshot', file, '--show', 'file /etc/kubernetes/manifests/kube-apiserver.yaml']);
  expect(manifest.stdout).toMatch(/^ {4}- --proxy-client-cert-file=/m);
});

test('what is wrong costs one sentence', async () => {
  const file = scenario('healthy');
  const near = await aggctl(['snapshot', file, '--show', 'GET /versio']);
  expect(near).toMatchObject({ status: 2, stdout: '' });
  expect(near.stderr).toMatch(
    /^aggctl: question 'GET \/versio' is not in .*healthy\.jsonl \(did you mean 'GET \/version'.*\?\); see: aggctl snapshot FILE\n$/,
  );
  expect(await aggctl(['snapshot', '/nowhere.jsonl'])).toMatchObject({
    status: 2,
    stderr: 'aggctl: /nowhere.jsonl is not a snapshot: it does not exist\n',
  });
  expect((await aggctl(['snapshot', join(checkout, 'test/cli')])).stderr).toMatch(
    /^aggctl: .*test\/cli is not a snapshot: it holds nothing that .*\n$/,
  );
  expect((await aggctl(['snapshot', join(checkout, 'test/snapshots-format-1/eks-healthy')])).status).toBe(2);
  expect((await aggctl(['snapshot'])).stderr).toMatch(/missing required argument/);
});

test('one that was cut short is listed and checked as far as it goes, wherever it ends', async () => {
  const whole = readFileSync(join(checkout, 'demo/wrong-cabundle.jsonl'));
  const lines = whole.toString().split('\n');
  const until = lines.findIndex((line) => line.startsWith('{"kind":"api","path":"/version"'));
  const folder = emptyFolder();
  for (const [name, bytes] of [
    ['lines.jsonl', Buffer.from(`${lines.slice(0, until).join('\n')}\n{"kind":"ap`)],
    ['zipped.jsonl.gz', gzipSync(whole).subarray(0, -200)],
  ] as const) {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const { document, status, stderr } = await json([file]);
    expect(status).toBe(3);
    expect(stderr).toMatch(/^warning: The snapshot .* is incomplete: its closing line is missing/);
    expect(document.items.length).toBeGreaterThan(5);
    const report = JSON.parse((await aggctl(['doctor', '--snapshot', file, '-o', 'json'])).stdout);
    expect(report.findings).not.toEqual([]);
    expect(report.cluster.unreachable).toBeUndefined();
  }
});

test('a must-gather is named and dated in the report, in a directory and as an archive', { timeout: 60_000 }, async () => {
  const folder = await mustGather('logged-front-proxy-client-expired');
  const archive = join(emptyFolder(), 'must-gather.tar.gz');
  await create({ file: archive, cwd: folder, gzip: true }, ['mg.local.1']);
  for (const path of [folder, archive]) {
    const text = await aggctl(['doctor', '--snapshot', path]);
    expect(text.stdout.replace(/\s+/g, ' ')).toContain(`must-gather ${path}, taken 2026-11-23 15:11:`);
    expect(text.stdout).toMatch(/^✗ front-proxy-client-expired$/m);
    const report = JSON.parse((await aggctl(['doctor', '--snapshot', path, '-o', 'json'])).stdout);
    expect(report).toMatchObject({ source: path, collected: [{ path, by: 'must-gather', dated: 'recorded' }], summary: { exitStatus: 1 } });
    const { document } = await json([path]);
    expect(document).toMatchObject({ collectedBy: 'must-gather', aggctl: null });
    expect(document.items).toContainEqual(expect.objectContaining({ question: 'GET /version', answer: '200' }));
    expect((await aggctl(['snapshot', path])).stdout).toContain('the file itself may hold them');
  }
});

test('what holds no APIService is never called healthy', async () => {
  const file = join(emptyFolder(), 'pods.yaml');
  const metadata = { name: 'x', namespace: 'a', creationTimestamp: '2026-11-20T00:00:00Z' };
  writeFileSync(file, JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata }));
  const ran = await aggctl(['doctor', '--snapshot', file]);
  expect(ran.status).toBe(3);
  const words = ran.stdout.replace(/\s+/g, ' ');
  expect(words).toMatch(/^. The snapshot .* is incomplete: it holds no APIService/);
  expect(words).toContain(`kubectl output ${file}, checked as of the newest time in it, 2026-11-20 00:00:00Z`);
  expect(ran.stdout).not.toContain('Healthy');
  const unknown = await aggctl(['check-apiservice', 'v1.x', '--snapshot', file]);
  expect(unknown.stdout + unknown.stderr).not.toMatch(/not found; see|does not exist/);
});
