/**
 * A cluster that is sound but for one extension API server, which answers its discovery in a hostile way. aggctl ends, within its memory, with a
 * status that it documents, and says what it was told. HOSTILE=all tries every answer; UPDATE=1 writes what is expected.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { checkout } from '../support/scenarios.ts';
import { type Answering, answers } from './answers.ts';
import { type Cluster, startCluster } from './cluster.ts';
import { recordedAt, recording, send } from './recorded.ts';

const hostile = '/apis/wardle.example.com/v1alpha1';
/** What issue 11 grants, MiB. */
const memory = 300;

interface Seen {
  readonly status: number | null;
  /** The findings and their symptoms. */
  readonly ids: readonly string[];
  /** What the first finding says, or what could not be seen of that server. */
  readonly says: string | null;
}

let cluster: Cluster;
let answering: Answering = () => {};
beforeAll(async () => {
  const recorded = await recording('healthy');
  cluster = await startCluster(async (request, response) => {
    const answer = await recorded(request);
    if (request.url?.startsWith(hostile)) answering(response, answer, request);
    else send(response, answer);
  });
});
afterAll(() => cluster.stop());

async function diagnosed(): Promise<Seen & { readonly output: string; readonly mebibytes: number }> {
  const options = ['-o', 'json', '--at', recordedAt, '--request-timeout', '3s'];
  const { status, stdout, stderr, mebibytes } = await cluster.aggctl(['doctor', ...cluster.where, ...options]);
  const report = JSON.parse(stdout) as Report;
  const ids = report.findings.flatMap(({ id, symptoms }) => [id, ...symptoms.map((symptom) => symptom.id)]);
  const unseen = report.unavailable.find(({ subject }) => subject?.scope === 'apiservice');
  const says = (report.findings[0]?.message ?? unseen?.message ?? null)?.replaceAll(`127.0.0.1:${cluster.port}`, '127.0.0.1') ?? null;
  return { status, ids, says, output: stdout + stderr, mebibytes };
}

const file = join(checkout, 'test/hostile/expected.json');
const expected: Record<string, Seen> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const found: Record<string, Seen> = {};
afterAll(() => {
  if (process.env.UPDATE) writeFileSync(file, `${JSON.stringify(found, null, 1)}\n`);
});

const all = Object.entries(answers);
test.each(process.env.HOSTILE === 'all' ? all : all.filter((_, index) => index % 6 === 0))(
  '%s',
  { timeout: 60_000 },
  async (name, mode) => {
    answering = mode;
    const { output, mebibytes, ...seen } = await diagnosed();
    found[name] = seen;
    expect(output).not.toMatch(/\n {4}at |TypeError|RangeError|Cannot read/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may reach a terminal
    expect(output).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202e]/);
    expect(mebibytes).toBeLessThan(memory);
    if (!process.env.UPDATE) expect(seen).toEqual(expected[name]);
  },
);
