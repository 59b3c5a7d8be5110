/** Snapshot folders: made by hand, broken, hostile; and what a recording does to the folder it is given. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnyQuestion, Ask, Observed } from '../../src/model.ts';
import { record } from '../../src/sources/record.ts';
import { snapshot } from '../../src/sources/snapshot.ts';

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
  return opened.value;
}
const ask = async (question: AnyQuestion): Promise<Observed<unknown>> => (await open())(question as never);
const get = (path: string): AnyQuestion => ({ kind: 'api', method: 'GET', path });
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
    expect(await ask({ kind: 'api', method: 'GET', path: '/apis', accept: 'text/plain', nth: 2 })).toEqual({
      ok: true,
      value: { status: 503, headers: { 'content-type': 'text/plain' }, text: 'no', ms: 0 },
    });
    expect(await ask(get('/healthz'))).toEqual({ ok: false, why: 'unreachable', message: 'timed out after 10 s' });
    expect(await ask({ kind: 'api', method: 'GET', path: '/apis', accept: 'text/plain' })).toEqual(absent);
  });

  test('keys, handshakes and the connection are small objects', async () => {
    await put({
      ...byHand,
      'keys/pki/a.key.json': { is: 'pem', publicKey: 'P' },
      'handshakes/10.0.0.1%3A443~a.svc~none.json': { chain: ['C'] },
      'connection.json': { context: 'c', server: 's', from: 'f' },
    });
    expect(await ask({ kind: 'key', path: '/pki/a.key' })).toEqual({ ok: true, value: { is: 'pem', publicKey: 'P', ...ownership } });
    expect(await ask({ kind: 'handshake', host: '10.0.0.1', port: 443, serverName: 'a.svc', present: 'none' })).toEqual({
      ok: true,
      value: { chain: ['C'], ms: 0 },
    });
    expect(await ask({ kind: 'connection' })).toEqual({ ok: true, value: { context: 'c', server: 's', from: 'f' } });
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
    ['a folder without snapshot.json', {}, 'is not a snapshot: it has no snapshot.json; use a directory that --record wrote'],
    [
      'a newer format',
      { 'snapshot.json': { format: 2, capturedAt } },
      'has snapshot format 2, and this aggctl reads format 1: use a newer aggctl',
    ],
    [
      'no time',
      { 'snapshot.json': { format: 1, capturedAt: 'noon' } },
      'is not a snapshot: "capturedAt" in its snapshot.json is not a time such as "2026-11-23T02:45:10Z"',
    ],
    ['null', { 'snapshot.json': 'null' }, 'has snapshot format undefined, and this aggctl reads format 1: use a newer aggctl'],
  ])('%s', async (_, files, reason) => {
    await put(files);
    expect(await snapshot(dir)).toEqual({ ok: false, why: 'malformed', message: `${dir} ${reason}` });
  });

  test('garbage, and nothing at all', async () => {
    await put({ 'snapshot.json': '{' });
    expect(await snapshot(dir)).toMatchObject({ ok: false, message: expect.stringContaining(`${dir} is not a snapshot: `) });
    expect(await snapshot(join(dir, 'missing'))).toMatchObject({
      ok: false,
      message: expect.stringContaining('it has no snapshot.json'),
    });
  });
});

describe('a damaged snapshot costs one answer', () => {
  test.each<[string, Record<string, unknown>, AnyQuestion, string]>([
    ['a note that is no JSON', { 'notes/a.json': '{' }, { kind: 'file', path: '/a' }, 'notes/a.json in the snapshot is not JSON: '],
    [
      'a note of another kind',
      { 'notes/a.json': { is: 'pem' } },
      { kind: 'file', path: '/a' },
      'notes/a.json in the snapshot has an unknown value "pem" in "is"',
    ],
    ['a note that is no object', { 'dirs/a.json': '3' }, { kind: 'dir', path: '/a' }, 'dirs/a.json in the snapshot is not a JSON object'],
    ['no status', { 'api/a.answer.json': {} }, get('/a'), 'api/a.answer.json in the snapshot has no number in "status"'],
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
      message: `${place} in the snapshot is a symbolic link to a path outside the snapshot`,
    });
    expect(await ask({ kind: 'file', path: '/out' })).toEqual(refused('files/out'));
    expect(await ask({ kind: 'file', path: '/folder/secret' })).toEqual(refused('files/folder/secret'));
    expect(await ask({ kind: 'dir', path: '/folder' })).toEqual(refused('files/folder'));
    expect(await ask(get('/out'))).toEqual(refused('api/out.json'));
    expect(await ask({ kind: 'key', path: '/a' })).toEqual(refused('keys/a.json'));
  });
});

const world = (answer: Observed<unknown>): Ask =>
  (async ({ kind }: AnyQuestion) => (kind === 'clock' ? { ok: true, value: { time: capturedAt } } : answer)) as Ask;
async function recordOne(into: string, answer: Observed<unknown>, question: AnyQuestion): Promise<Observed<number>> {
  const recording = await record(world(answer), into, { aggctl: '0.1.0' });
  if (!recording.ok) return recording;
  expect(await recording.value.ask(question as never)).toEqual(answer);
  return recording.value.finish();
}
const text = (content: string): Observed<unknown> => ({ ok: true, value: { is: 'text', text: content, ...ownership } });

describe('a recording', () => {
  test('keeps texts as they are and says what it is', async () => {
    expect(await recordOne(dir, text('a\n'), { kind: 'file', path: '/etc/a.yaml' })).toEqual({ ok: true, value: 2 });
    expect(await readFile(join(dir, 'files/etc/a.yaml'), 'utf8')).toBe('a\n');
    expect(JSON.parse(await readFile(join(dir, 'snapshot.json'), 'utf8'))).toEqual({
      format: 1,
      capturedAt,
      aggctl: '0.1.0',
      origin: 'recorded',
      complete: true,
    });
    expect((await readdir(dir)).sort()).toEqual(['files', 'notes', 'snapshot.json']);
  });

  test('asks a question once, and gives its first answer again', async () => {
    let n = 0;
    const counting = (async (question: AnyQuestion) =>
      question.kind === 'clock' ? { ok: true, value: { time: capturedAt } } : text(`${++n}`)) as Ask;
    const recording = await record(counting, dir, { aggctl: '0.1.0' });
    if (!recording.ok) throw new Error(recording.message);
    const { ask: recorded, finish } = recording.value;
    const [one, two] = await Promise.all([recorded({ kind: 'file', path: '/a' }), recorded({ path: '/a', kind: 'file' })]);
    expect([one, two, await recorded({ kind: 'file', path: '/a' })]).toEqual([text('1'), text('1'), text('1')]);
    await finish();
    expect(await ask({ kind: 'file', path: '/a' })).toEqual(text('1'));
  });

  test('replaces an earlier one, and leaves what others put beside it', async () => {
    await recordOne(dir, text('old'), { kind: 'file', path: '/old' });
    await put({ 'expected.txt': 'mine' });
    await recordOne(dir, text('new'), { kind: 'file', path: '/new' });
    expect(await ask({ kind: 'file', path: '/old' })).toEqual(absent);
    expect(await ask({ kind: 'file', path: '/new' })).toEqual(text('new'));
    expect(await readFile(join(dir, 'expected.txt'), 'utf8')).toBe('mine');
  });

  test.each([
    ['a folder with files of somebody', { 'notes.txt': 'mine' }],
    ['a snapshot made by hand', byHand],
    ['a snapshot of unknown origin', { 'snapshot.json': { format: 1, capturedAt } }],
  ])('refuses %s', async (_, files) => {
    await put(files);
    const before = await readdir(dir);
    expect(await recordOne(dir, text(''), { kind: 'file', path: '/a' })).toEqual({
      ok: false,
      why: 'malformed',
      message: `cannot record into ${dir}: it holds files that aggctl did not record; use a new or empty directory`,
    });
    expect(await readdir(dir)).toEqual(before);
  });

  test('refuses a file, and a place that cannot be made', async () => {
    await put({ file: 'mine' });
    const message = (place: string) => expect.stringContaining(`cannot record into ${place}: `);
    expect(await record(world(absent as never), join(dir, 'file'), { aggctl: '0' })).toMatchObject({
      ok: false,
      message: message(join(dir, 'file')),
    });
    expect(await record(world(absent as never), join(dir, 'file', 'x'), { aggctl: '0' })).toMatchObject({
      ok: false,
      message: message(join(dir, 'file', 'x')),
    });
  });

  test('that was cut short says so where something is missing', async () => {
    const recording = await record(world(text('x')), dir, { aggctl: '0.1.0' });
    if (!recording.ok) throw new Error(recording.message);
    await recording.value.ask({ kind: 'file', path: '/a' });
    expect(await ask({ kind: 'file', path: '/a' })).toEqual(text('x'));
    expect(await ask({ kind: 'file', path: '/b' })).toEqual({
      ...absent,
      message: 'not in this snapshot, because its recording was interrupted',
    });
  });

  test('a note without its text, as after a crash, is no answer', async () => {
    await recordOne(dir, text('x'), { kind: 'file', path: '/a' });
    await rm(join(dir, 'files/a'));
    expect(await ask({ kind: 'file', path: '/a' })).toEqual(absent);
  });

  test.each([
    ['a file, later a folder', ['/a', '/a/b']],
    ['a folder, later a file', ['/a/b', '/a']],
  ])('keeps %s', async (_, paths) => {
    const recording = await record(world(text('x')), dir, { aggctl: '0.1.0' });
    if (!recording.ok) throw new Error(recording.message);
    for (const path of paths) await recording.value.ask({ kind: 'file', path });
    expect(await recording.value.finish()).toEqual({ ok: true, value: 3 });
    for (const path of paths) expect(await ask({ kind: 'file', path })).toEqual(text('x'));
  });

  test('writes nothing through a symbolic link, and says so at the end', async () => {
    const other = await mkdtemp(join(tmpdir(), 'aggctl-outside-'));
    folders.push(other);
    const recording = await record(world(text('x')), dir, { aggctl: '0.1.0' });
    if (!recording.ok) throw new Error(recording.message);
    await symlink(other, join(dir, 'files'));
    expect(await recording.value.ask({ kind: 'file', path: '/a' })).toEqual(text('x'));
    expect(await recording.value.finish()).toEqual({
      ok: false,
      why: 'malformed',
      message: expect.stringMatching(/^the snapshot .* is incomplete: notes\/a\.json: .*files leads out of /),
    });
    expect(await readdir(other)).toEqual([]);
  });

  test('goes on when a name cannot be written, and says so at the end', async () => {
    await recordOne(dir, text('x'), { kind: 'file', path: '/a' });
    const recording = await record(world(text('x')), dir, { aggctl: '0.1.0' });
    if (!recording.ok) throw new Error(recording.message);
    await writeFile(join(dir, 'notes'), 'a file in the way');
    await chmod(join(dir, 'notes'), 0o600);
    expect(await recording.value.ask({ kind: 'file', path: '/a' })).toEqual(text('x'));
    expect(await recording.value.finish()).toMatchObject({
      ok: false,
      message: expect.stringContaining(`the snapshot ${dir} is incomplete: notes/a.json: `),
    });
  });

  test('a long name is cut, and its question stands beside the answer', async () => {
    const path = `/apis/${'long'.repeat(100)}`;
    const answer: Observed<unknown> = {
      ok: true,
      value: { status: 200, headers: { 'content-type': 'application/json' }, text: '{}', ms: 3 },
    };
    await recordOne(dir, answer, get(path));
    expect(await ask(get(path))).toEqual(answer);
    const [name = ''] = (await readdir(join(dir, 'api/apis'))).filter((entry) => entry.endsWith('.answer.json'));
    expect(JSON.parse(await readFile(join(dir, 'api/apis', name), 'utf8'))).toMatchObject({ question: get(path), status: 200 });
    await writeFile(join(dir, 'api/apis', name), JSON.stringify({ question: get('/other'), status: 200 }));
    expect(await ask(get(path))).toEqual(absent);
  });
});
