/**
 * A cluster that is sound but for one extension API server, which answers its discovery in a hostile way. aggctl ends, within its memory, with a
 * status that it documents, and says what it was told. HOSTILE=all tries every answer; UPDATE=1 writes what is expected.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/model.ts';
import { checkout } from '../support/scenarios.ts';
import { type Answering, answers } from './answers.ts';
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

let folder = '';
let server: Server;
let answering: Answering = () => {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aggctl-hostile-'));
  const recorded = await recording('healthy');
  server = createServer(async (request, response) => {
    response.on('error', () => {});
    const answer = await recorded(request);
    if (request.url?.startsWith(hostile)) answering(response, answer, request);
    else send(response, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cluster = `clusters: [{name: a, cluster: {server: "http://127.0.0.1:${port}"}}]`;
  await writeFile(join(folder, 'config'), `${cluster}\ncontexts: [{name: a, context: {cluster: a}}]\ncurrent-context: a\n`);
  await writeFile(
    join(folder, 'memory.mjs'),
    `import { writeFileSync } from 'node:fs';
     process.on('exit', () => writeFileSync(${JSON.stringify(join(folder, 'memory'))}, String(process.resourceUsage().maxRSS)));`,
  );
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true, force: true });
});

async function diagnosed(): Promise<Seen & { readonly output: string; readonly mebibytes: number }> {
  const options = ['doctor', '-o', 'json', '--at', recordedAt, '--kubeconfig', 'config', '--root', folder, '--request-timeout', '3s'];
  const child = spawn(process.execPath, ['--import', './memory.mjs', join(checkout, 'bin/aggctl.js'), ...options], { cwd: folder });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => {
    stdout += text;
  });
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const report = JSON.parse(stdout) as Report;
  const ids = report.findings.flatMap(({ id, symptoms }) => [id, ...symptoms.map((symptom) => symptom.id)]);
  const unseen = report.unavailable.find(({ subject }) => subject?.scope === 'apiservice');
  const { port } = server.address() as AddressInfo;
  const says = (report.findings[0]?.message ?? unseen?.message ?? null)?.replaceAll(`127.0.0.1:${port}`, '127.0.0.1') ?? null;
  return { status, ids, says, output: stdout + stderr, mebibytes: Number(await readFile(join(folder, 'memory'), 'utf8')) / 1024 };
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
