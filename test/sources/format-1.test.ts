/** Snapshot folders, the format of aggctl 0.1: made by hand, broken, hostile, and recorded. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { apiPath } from '../../src/api-path.ts';
import type { AnyQuestion, ApiPath, Ask, Observed } from '../../src/model.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { diagnosed, wrongIn } from '../support/diagnosed.ts';
import { checkout } from '../support/scenarios.ts';

const capturedAt = '2026-11-23T02:45:10Z';
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'aggctl-snapshot-'));
  folders.push(dir);
});

async function put(files: Record<string, unknown>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  }
}
async function open(): Promise<Ask> {
  const opened = await snapshot(dir);
  if (!opened.ok) throw new Error(opened.message);
  return opened.value.ask;
}
const ask = async (question: AnyQuestion): Promise<Observed<unknown>> => (await open())(question as never);
const get = (path: string): AnyQuestion => ({ kind: 'api', method: 'GET', path: path as ApiPath });
const ownership = { mode: '0600', uid: 0, gid: 0, mtime: capturedAt };
const byHand = { 'snapshot.json': { format: 1, capturedAt, origin: 'hand-made' } };
const absent = { ok: false, why: 'excluded', message: 'not in this snapshot' };

describe('made by hand', () => {
  test('a file is a file, a folder is a folder, what is not there is not in the snapshot', async () => {
    await put({ ...byHand, 'files/etc/kubernetes/a.yaml': 'a: 1\r\n', 'files/etc/kubernetes/b%3A%20c': 'x' });
    expect(await ask({ kind: 'file', path: '/etc/kubernetes/a.yaml' })).toEqual({
      ok: true,
      value: { is: 'text', text: 'a: 1\r\n', ...ownership },
    });
    expect(await ask({ kind: 'file', path: '/etc/kubernetes' })).toEqual({ ok: true, value: { is: 'directory' } });
    expect(await ask({ kind: 'dir', path: '/etc/kubernetes' })).toEqual({
      ok: true,
      value: { is: 'directory', entries: ['a.yaml', 'b: c'] },
    });
    expect(await ask({ kind: 'file', path: '/etc/other' })).toEqual(absent);
    expect(await ask({ kind: 'dir', path: '/etc/kubernetes/a.yaml' })).toEqual(absent);
  });

  test('a note beside a file tells its owner, or that nothing was there', async () => {
    await put({ ...byHand, 'files/a': 'x', 'notes/a.json': { is: 'text', mode: '0644', uid: 7 }, 'notes/b.json': { is: 'absent' } });
    expect(await ask({ kind: 'file', path: '/a' })).toEqual({
      ok: true,
      value: { is: 'text', text: 'x', ...ownership, mode: '0644', uid: 7 },
    });
    expect(await ask({ kind: 'file', path: '/b' })).toEqual({ ok: true, value: { is: 'absent' } });
  });

  test('JSON alone means 200; any other answer says what it is', async () => {
    await put({
      ...byHand,
      'api/apis.json': '{"kind":"APIGroupList"}',
      'api/apis~accept=text%2Fplain~nth=2.answer.json': { status: 503, contentType: 'text/plain', text: 'no' },
      'api/healthz.answer.json': { why: 'unreachable', message: 'timed out after 10 s' },
    });
    expect(await ask(get('/apis'))).toEqual({
      ok: true,
      value: { status: 200, headers: { 'content-type': 'application/json' }, text: '{"kind":"APIGroupList"}', ms: 0 },
    });
    expect(await ask({ kind: 'api', method: 'GET', path: apiPath`/apis`, accept: 'text/plain', nth: 2 })).toEqual({
      ok: true,
      value: { status: 503, headers: { 'content-type': 'text/plain' }, text: 'no', ms: 0 },
    });
    expect(await ask(get('/healthz'))).toEqual({ ok: false, why: 'unreachable', message: 'timed out after 10 s' });
    expect(await ask({ kind: 'api', method: 'GET', path: apiPath`/apis`, accept: 'text/plain' })).toEqual(absent);
  });

  test('keys, handshakes and the connection are small objects', async () => {
    await put({
      ...byHand,
      'keys/pki/a.key.json': { is: 'pem', publicKey: 'P' },
      'handshakes/10.0.0.1%3A443~a.svc~none.json': { chain: ['C'] },
      'connection.json': { context: 'c', server: 'https://s', from: 'f' },
    });
    expect(await ask({ kind: 'key', path: '/pki/a.key' })).toEqual({ ok: true, value: { is: 'pem', publicKey: 'P', ...ownership } });
    expect(await ask({ kind: 'handshake', host: '10.0.0.1', port: 443, serverName: 'a.svc', present: 'none' })).toEqual({
      ok: true,
      value: { chain: ['C'], ms: 0 },
    });
    expect(await ask({ kind: 'connection' })).toEqual({ ok: true, value: { context: 'c', server: 'https://s', from: 'f' } });
  });

  test('what was put there with secrets in it is read without them', async () => {
    await put({ ...byHand, 'files/etc/config.yaml': 'token: hunter2\nserver: x\n', 'api/v1.json': '{"token":"hunter2"}' });
    expect(await ask({ kind: 'file', path: '/etc/config.yaml' })).toMatchObject({ value: { text: 'token: REDACTED\nserver: x\n' } });
    expect(await ask(get('/v1'))).toMatchObject({ value: { text: '{"token":"REDACTED"}' } });
  });

  test('bytes that are no text are withheld', async () => {
    await put({ ...byHand, 'files/a': Buffer.from([0x30, 0x82, 0xff]) });
    expect(await ask({ kind: 'file', path: '/a' })).toEqual({ ok: true, value: { is: 'binary', size: 3, ...ownership } });
  });
});

describe('the clock', () => {
  test('is the time of the recording, or the time that is asked about', async () => {
    await put(byHand);
    expect(await (await open())({ kind: 'clock' })).toEqual({ ok: true, value: { time: capturedAt } });
  });
});

describe('no snapshot', () => {
  test.each([
    [
      'a folder without snapshot.json',
      {},
      'it holds nothing that aggctl, must-gather, troubleshoot or kubectl collected; name a file that --record wrote',
    ],
    [
      'a newer format',
      { 'snapshot.json': { format: 2, capturedAt } },
      'the format in its snapshot.json is 2, and this aggctl reads folders of format 1',
    ],
    [
      'no time',
      { 'snapshot.json': { format: 1, capturedAt: 'noon' } },
      'its snapshot.json holds no time in "capturedAt", such as "2026-11-23T02:45:10Z"',
    ],
    ['null', { 'snapshot.json': 'null' }, 'the format in its snapshot.json is undefined, and this aggctl reads folders of format 1'],
  ])('%s', async (_, files, reason) => {
    await put(files);
    expect(await snapshot(dir)).toEqual({ ok: false, why: 'malformed', message: `${dir} is not a snapshot: ${reason}` });
  });

  test('garbage, and nothing at all', async () => {
    await put({ 'snapshot.json': '{' });
    expect(await snapshot(dir)).toMatchObject({ ok: false, message: expect.stringContaining(`${dir} is not a snapshot: `) });
    expect(await snapshot(join(dir, 'missing'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('it does not exist'),
    });
  });
});

describe('a damaged snapshot costs one answer', () => {
  test.each<[string, Record<string, unknown>, AnyQuestion, string]>([
    ['a note that is no JSON', { 'notes/a.json': '{' }, { kind: 'file', path: '/a' }, 'notes/a.json in the snapshot is not JSON'],
    [
      'a note of another kind',
      { 'notes/a.json': { is: 'pem' } },
      { kind: 'file', path: '/a' },
      'notes/a.json in the snapshot holds "pem" in "is"',
    ],
    ['a note that is no object', { 'dirs/a.json': '3' }, { kind: 'dir', path: '/a' }, 'dirs/a.json in the snapshot holds no object'],
    ['no status', { 'api/a.answer.json': {} }, get('/a'), 'api/a.answer.json in the snapshot holds no number in "status"'],
  ])('%s', async (_, files, question, message) => {
    await put({ ...byHand, ...files });
    expect(await ask(question)).toEqual({ ok: false, why: 'malformed', message: expect.stringContaining(message) });
  });
});

describe('a path never leaves the folder', () => {
  test.each(['/../secret', '/a/../../secret', 'secret', ''])('%j is refused', async (path) => {
    await put({ ...byHand, 'files/secret': 'x' });
    const refused = {
      ok: false,
      why: 'malformed',
      message: `\`${path}\` was not read: a path must be absolute and must not contain \`..\`.`,
    };
    for (const kind of ['file', 'dir', 'key'] as const) expect(await ask({ kind, path })).toEqual(refused);
    expect(await ask(get(path))).toEqual(refused);
  });

  test('symbolic links are followed inside the folder and refused out of it', async () => {
    const other = await mkdtemp(join(tmpdir(), 'aggctl-outside-'));
    folders.push(other);
    await writeFile(join(other, 'secret'), 'hunter2');
    await writeFile(join(other, 'a.json'), '{"is":"absent"}');
    await put({ ...byHand, 'files/real': 'x', 'api/x.json': '{}' });
    await symlink('real', join(dir, 'files', 'inside'));
    await symlink(join(other, 'secret'), join(dir, 'files', 'out'));
    await symlink(other, join(dir, 'files', 'folder'));
    await symlink(join(other, 'secret'), join(dir, 'api', 'out.json'));
    await symlink(other, join(dir, 'keys'));
    expect(await ask({ kind: 'file', path: '/inside' })).toMatchObject({ value: { text: 'x' } });
    const refused = (place: string) => ({
      ok: false,
      why: 'excluded',
      message: `${place} in the snapshot is a symbolic link that leads out of it`,
    });
    expect(await ask({ kind: 'file', path: '/out' })).toEqual(refused('files/out'));
    expect(await ask({ kind: 'file', path: '/folder/secret' })).toEqual(refused('files/folder/secret'));
    expect(await ask({ kind: 'dir', path: '/folder' })).toEqual(refused('files/folder'));
    expect(await ask(get('/out'))).toEqual(refused('api/out.json'));
    expect(await ask({ kind: 'key', path: '/a' })).toEqual(refused('keys/a.json'));
  });
});

test('recordings of format 1 give the same findings as the scenarios that were made of them', async () => {
  const kept = join(checkout, 'test/snapshots-format-1');
  const names = await readdir(kept);
  expect(names).toHaveLength(3);
  for (const name of names) {
    const { findings, ...rest } = wrongIn(await diagnosed([join(kept, name)], {}));
    expect({ findings, ...rest }).toEqual(JSON.parse(await readFile(join(checkout, `test/scenarios/${name}.json`), 'utf8')));
    expect(findings.length > 0).toBe(!name.endsWith('healthy'));
  }
});
