/** aggctl where the machine grants little, and where a cluster or its files are large. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyFolder } from '../cli/aggctl.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { manyOf } from './many.ts';
import { recordedAt, recording, send } from './recorded.ts';

const timeout = 60_000;
/** What issue 11 grants, MiB. */
const memory = 300;

let cluster: Cluster;
beforeAll(async () => {
  const answerOf = await recording('healthy');
  cluster = await startCluster(async (request, response) => send(response, await answerOf(request)));
});
afterAll(() => cluster.stop());

test('too few files may be open: one sentence', { timeout }, async () => {
  const ran = await cluster.aggctl(['doctor', ...cluster.where, '--at', recordedAt], 'ulimit -n 24');
  expect(ran).toMatchObject({ status: 3, signal: null, stdout: '' });
  expect(ran.stderr).toBe('aggctl: too many open files: raise the limit, for example with ulimit -n 1024\n');
});

test('a disk that is full costs the recording, not the diagnosis', { timeout }, async () => {
  const out = emptyFolder();
  const ran = await cluster.aggctl(['doctor', ...cluster.where, '--at', recordedAt, '--record', join(out, 'a.jsonl')], 'ulimit -f 8');
  expect(ran).toMatchObject({ status: 3, signal: null, stdout: expect.stringContaining('Healthy as far as can be seen') });
  expect(ran.stderr).toMatch(/^warning: the snapshot .* cannot be written: EFBIG[^\n]*\n$/);
  expect(readdirSync(out)).toEqual([]);
});

test('the memory of a thousand APIServices', { timeout }, async () => {
  const answerOf = await manyOf(1000, 'healthy');
  const large = await startCluster(async (request, response) => send(response, await answerOf(request)));
  const ran = await large.aggctl(['doctor', ...large.where, '--at', recordedAt]);
  await large.stop();
  expect(ran).toMatchObject({ status: 0, stderr: '' });
  expect(ran.mebibytes).toBeLessThan(memory);
});

test.each([
  ['of 10 MB', 'a: b\n'.repeat(2_000_000)],
  ['with keys within keys', `${'? '.repeat(40)}x\n`],
  ['with lists within lists', `a: ${'['.repeat(100_000)}\n`],
])('a configuration of k3s %s: one sentence', { timeout }, async (_, text) => {
  const root = emptyFolder();
  mkdirSync(join(root, 'etc/rancher/k3s'), { recursive: true });
  mkdirSync(join(root, 'etc/systemd/system'), { recursive: true });
  writeFileSync(join(root, 'etc/rancher/k3s/config.yaml'), text);
  writeFileSync(join(root, 'etc/systemd/system/k3s.service'), '[Service]\nExecStart=/usr/local/bin/k3s server\n');
  const { status, stdout, stderr, mebibytes } = await cluster.aggctl(['doctor', '--root', root]);
  expect(`${status} ${stderr}${stdout.replace(/\s+/g, ' ')}`).toMatch(/^3 .*config\.yaml/);
  expect(mebibytes).toBeLessThan(memory);
});
