/** Snapshot files: made by hand, broken, hostile, extended; and what a recording does to the file it is given. */
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnyQuestion, ApiPath, Ask, Observed } from '../../src/model.ts';
import { record } from '../../src/sources/record.ts';
import { snapshot } from '../../src/sources/snapshot.ts';

const captured = '2026-11-23T02:45:10Z';
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
let dir = '';
let file = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'aggctl-snapshot-'));
  folders.push(dir);
  file = join(dir, 'a.jsonl');
});

const put = (lines: readonly (object | string)[], name = file) =>
  writeFile(name, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
async function ask(question: AnyQuestion, name = file): Promise<Observed<unknown>> {
  const opened = await snapshot(name);
  if (!opened.ok) throw new Error(opened.message);
  return opened.value.ask(question as never);
}
const get = (path: string): AnyQuestion => ({ kind: 'api', method: 'GET', path: path as ApiPath });
const ownership = { mode: '0600', uid: 0, gid: 0, mtime: captured };
const byHand = { aggctl: 2, captured };
const absent = { ok: false, why: 'excluded', message: 'not in this snapshot' };

describe('made by hand', () => {
  test('a person may leave out what is usual', async () => {
    await put([
      byHand,
      { kind: 'file', path: '/etc/a', answer: { is: 'text', text: 'a: 1\r\n' } },
      { path: '/apis', kind: 'api', answer: { json: { kind: 'APIGroupList' } } },
      '',
      { kind: 'api', method: 'GET', path: '/healthz', answer: { status: 503, contentType: 'text/plain', text: 'no' } },
      { kind: 'api', path: '/readyz', unavailable: { why: 'unreachable', message: 'timed out after 10 s' } },
      { kind: 'handshake', host: 'h', port: 443, serverName: 's', present: 'none', answer: { chain: ['C'] } },
      { kind: 'connection', answer: 'none' },
    ]);
    expect(await ask({ kind: 'clock' })).toEqual({ ok: true, value: { time: captured } });
    expect(await ask({ kind: 'file', path: '/etc/a' })).toEqual({ ok: true, value: { is: 'text', text: 'a: 1\r\n', ...ownership } });
    const headers = { 'content-type': 'application/json' };
    expect(await ask(get('/apis'))).toEqual({ ok: true, value: { status: 200, headers, text: '{"kind":"APIGroupList"}\n', ms: 0 } });
    expect(await ask(get('/healthz'))).toMatchObject({ value: { status: 503, headers: { 'content-type': 'text/plain' }, text: 'no' } });
    expect(await ask(get('/readyz'))).toEqual({ ok: false, why: 'unreachable', message: 'timed out after 10 s' });
    expect(await ask({ kind: 'handshake', serverName: 's', port: 443, host: 'h', present: 'none' })).toEqual({
      ok: true,
      value: { chain: ['C'], ms: 0 },
    });
    expect(await ask({ kind: 'connection' })).toEqual({ ok: true, value: null });
    expect(await ask({ kind: 'file', path: '/etc/b' })).toEqual(absent);
  });

  test('what was written there with secrets in it is read without them', async () => {
    await put([
      byHand,
      { kind: 'file', path: '/a', answer: { is: 'text', text: 'token: hunter2\n' } },
      { kind: 'api', path: '/v1', answer: { json: { token: 'hunter2' } } },
    ]);
    expect(await ask({ kind: 'file', path: '/a' })).toMatchObject({ value: { text: 'token: REDACTED\n' } });
    expect(await ask(get('/v1'))).toMatchObject({ value: { text: '{"token":"REDACTED"}\n' } });
  });

  test.each<[string, object, AnyQuestion, string]>([
    ['another kind', { kind: 'file', path: '/a', answer: { is: 'pem' } }, { kind: 'file', path: '/a' }, 'holds "pem" in "is"'],
    ['no names', { kind: 'dir', path: '/a', answer: { is: 'directory', entries: [1] } }, { kind: 'dir', path: '/a' }, 'no list of names'],
    ['no status', { kind: 'api', path: '/a', answer: { text: '' } }, get('/a'), 'no number in "status"'],
    ['no text', { kind: 'api', path: '/a', answer: { status: 200 } }, get('/a'), 'no text'],
    ['no reason', { kind: 'api', path: '/a', unavailable: {} }, get('/a'), 'says no reason'],
    ['nothing to change', { kind: 'api', path: '/a', changes: {} }, get('/a'), 'differs from nothing'],
  ])('an answer of another form costs that answer: %s', async (_, line, question, message) => {
    await put([byHand, line]);
    expect(await ask(question)).toEqual({ ok: false, why: 'malformed', message: expect.stringContaining(message) });
  });
});

describe('not a snapshot', () => {
  const recorded = { ...byHand, origin: 'recorded' };
  const answer = { kind: 'file', path: '/a', answer: { is: 'absent' } };
  test.each<[string, readonly (object | string)[], string | RegExp]>([
    ['nothing in it', [], 'it is empty'],
    ['another file', ['apiVersion: v1'], 'its first line is not JSON; name a file that --record wrote'],
    ['other JSON', ['null'], 'its first line has no "aggctl", the number of its format'],
    ['a newer format', [{ aggctl: 3 }], 'it is in format 3, and this aggctl reads formats 1 and 2; update aggctl'],
    ['no time', [{ aggctl: 2, captured: 'noon' }], 'its first line has no time in "captured", such as "2026-11-23T02:45:10Z"'],
    ['a line that is not JSON', [byHand, '{', answer], 'line 2 is not JSON'],
    ['a line that is a list', [byHand, '[]', answer], 'line 2 is not an object'],
    ['an unknown question', [byHand, { kind: 'exec' }, answer], 'line 2 asks no question: its "kind" is "exec"'],
    ['no answer', [byHand, { kind: 'file', path: '/a' }], 'line 2 has no "answer"'],
    ['another count', [recorded, answer, { answers: 2, sha256: '' }], /was changed after .* counts 2 answers, and it holds 1/],
    ['another digest', [recorded, answer, { answers: 1, sha256: '' }], /was changed after .* the digest of other lines/],
    ['more behind the end', [recorded, { answers: 0, sha256: '' }, answer], 'line 3 follows its closing line'],
  ])('%s', async (_, lines, reason) => {
    await put(lines);
    const message = typeof reason === 'string' ? `${file} is not a snapshot: ${reason}` : expect.stringMatching(reason);
    expect(await snapshot(file)).toEqual({ ok: false, why: 'malformed', message });
  });

  test('a recording that was cut short is read, and says so', async () => {
    const incomplete = 'its closing line is missing, so its recording or a copy of it was cut short';
    for (const lines of [[recorded], [recorded, answer], [recorded, answer, '{"kind":"fi']]) {
      await put(lines);
      expect(await snapshot(file)).toMatchObject({ ok: true, value: { incomplete } });
    }
    await put([byHand, answer]);
    expect(await snapshot(file)).toMatchObject({ ok: true, value: { incomplete: null } });
    const zipped = `${file}.gz`;
    const noise = Array.from({ length: 5000 }, (_, index) => JSON.stringify({ ...answer, path: `/${index * 7919}` }));
    const whole = gzipSync(`${[JSON.stringify(recorded), ...noise].join('\n')}\n`);
    await writeFile(zipped, whole.subarray(0, whole.length - 20));
    expect(await snapshot(zipped)).toMatchObject({ ok: true, value: { incomplete } });
  });

  test('compressed, and cut short or not compressed at all', async () => {
    const zipped = `${file}.gz`;
    await writeFile(zipped, gzipSync(`${JSON.stringify(byHand)}\n`.repeat(50)).subarray(0, 40));
    expect(await snapshot(zipped)).toMatchObject({ ok: false, message: `${zipped} is not a snapshot: it is truncated` });
    await writeFile(zipped, 'plain');
    expect(await snapshot(zipped)).toMatchObject({ ok: false, message: expect.stringContaining('it cannot be decompressed') });
  });

  test('it does not exist', async () => {
    expect(await snapshot(file)).toMatchObject({ ok: false, message: `${file} is not a snapshot: it does not exist` });
  });
});

describe('one that extends another', () => {
  const list = (...names: string[]) => ({ items: names.map((name) => ({ metadata: { name }, spec: { a: 1, b: 2 } })) });
  const base = [
    byHand,
    { kind: 'file', path: '/a', answer: { is: 'absent' } },
    { kind: 'file', path: '/b', answer: { is: 'absent' } },
    { kind: 'api', path: '/list', answer: { json: list('a', 'c', 'd') } },
  ];
  const own = { ...byHand, captured: '2026-11-24T00:00:00Z', extends: 'base' };

  test('holds what differs', async () => {
    await put(base, join(dir, 'base.jsonl'));
    const changed = { a: null, b: { metadata: { name: 'b' } }, c: { spec: { a: null, b: 3 } } };
    await put([own, { kind: 'file', path: '/a', answer: null }, { kind: 'api', path: '/list', changes: { json: { items: changed } } }]);
    expect(await ask({ kind: 'clock' })).toEqual({ ok: true, value: { time: own.captured } });
    expect(await ask({ kind: 'file', path: '/a' })).toEqual(absent);
    expect(await ask({ kind: 'file', path: '/b' })).toEqual({ ok: true, value: { is: 'absent' } });
    const answer = (await ask(get('/list'))) as { value: { text: string } };
    expect(JSON.parse(answer.value.text).items).toEqual([
      { metadata: { name: 'b' } },
      { metadata: { name: 'c' }, spec: { b: 3 } },
      { metadata: { name: 'd' }, spec: { a: 1, b: 2 } },
    ]);
  });

  test.each(['../base', '/etc/passwd', '', '.base'])('in its own folder, and not %j', async (name) => {
    await put([{ ...own, extends: name }]);
    expect(await snapshot(file)).toMatchObject({ ok: false, message: expect.stringContaining('it cannot extend ') });
  });

  test('says what is wrong with the other one, and goes in no circle', async () => {
    await put([own]);
    expect(await snapshot(file)).toMatchObject({ ok: false, message: expect.stringMatching(/what it extends .*base.jsonl .* not exist/) });
    await put([{ ...own, extends: 'a' }]);
    expect(await snapshot(file)).toMatchObject({ ok: false, message: expect.stringContaining('it cannot extend "a"') });
  });
});

const world = (answer: Observed<unknown>): Ask =>
  (async ({ kind }: AnyQuestion) => (kind === 'clock' ? { ok: true, value: { time: captured } } : answer)) as Ask;
const text = (content: string): Observed<unknown> => ({ ok: true, value: { is: 'text', text: content, ...ownership } });
async function recordOne(into: string, answer: Observed<unknown>, question: AnyQuestion): Promise<Observed<number>> {
  const recording = await record(world(answer), into, { keep: (_, answer) => answer, version: '0.1.0' });
  if (!recording.ok) return recording;
  expect(await recording.value.ask(question as never)).toEqual(answer);
  return recording.value.finish();
}

describe('a recording', () => {
  test('asks a question once, and gives its first answer again', async () => {
    let n = 0;
    const counting = (async (question: AnyQuestion) =>
      question.kind === 'clock' ? { ok: true, value: { time: captured } } : text(`${++n}`)) as Ask;
    const recording = await record(counting, file, { keep: (_, answer) => answer, version: '0.1.0' });
    if (!recording.ok) throw new Error(recording.message);
    const { ask: recorded, finish } = recording.value;
    const [one, two] = await Promise.all([recorded({ kind: 'file', path: '/a' }), recorded({ path: '/a', kind: 'file' })]);
    expect([one, two, await recorded({ kind: 'file', path: '/a' })]).toEqual([text('1'), text('1'), text('1')]);
    expect(await finish()).toEqual({ ok: true, value: 1 });
    expect(await recorded({ kind: 'file', path: '/later' })).toEqual(text('2'));
    expect(await ask({ kind: 'file', path: '/a' })).toEqual(text('1'));
    expect(await ask({ kind: 'file', path: '/later' })).toEqual(absent);
  });

  test('replaces an earlier one, at its end', async () => {
    await recordOne(file, text('old'), { kind: 'file', path: '/old' });
    const recording = await record(world(text('new')), file, { keep: (_, answer) => answer, version: '0.1.0', overwrite: true });
    if (!recording.ok) throw new Error(recording.message);
    await recording.value.ask({ kind: 'file', path: '/new' });
    expect(await ask({ kind: 'file', path: '/old' })).toEqual(text('old'));
    await recording.value.finish();
    expect(await ask({ kind: 'file', path: '/old' })).toEqual(absent);
    expect(await ask({ kind: 'file', path: '/new' })).toEqual(text('new'));
    expect(await readdir(dir)).toEqual(['a.jsonl']);
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['a file of somebody', () => writeFile(file, 'mine'), 'aggctl did not record what this file holds; name a new file'],
    ['a snapshot made by hand', () => put([byHand]), 'aggctl did not record what this file holds; name a new file'],
    [
      'an earlier recording',
      () => put([{ ...byHand, origin: 'recorded' }]),
      'it holds an earlier recording; name a new file, or add --overwrite',
    ],
    ['a directory', () => mkdir(file), 'it is a directory; name a file, such as aggctl.jsonl'],
    ['a symbolic link', () => symlink('/etc/passwd', file), 'it is not a regular file; name a new file'],
  ])('refuses %s', async (_, make, reason) => {
    await make();
    const message = `cannot record into ${file}: ${reason}`;
    expect(await recordOne(file, text(''), { kind: 'file', path: '/a' })).toEqual({ ok: false, why: 'malformed', message });
    expect(await readdir(dir)).toEqual(['a.jsonl']);
  });

  test('refuses a place that cannot be made, and says when the file cannot be written', async () => {
    await writeFile(file, 'mine');
    const into = join(file, 'x.jsonl');
    const message = expect.stringContaining(`cannot record into ${into}: `);
    expect(await record(world(text('')), into, { keep: (_, answer) => answer, version: '0' })).toMatchObject({ ok: false, message });
    const recording = await record(world(text('x')), join(dir, 'deep', 'b.jsonl'), { keep: (_, answer) => answer, version: '0' });
    if (!recording.ok) throw new Error(recording.message);
    await rm(join(dir, 'deep'), { recursive: true });
    expect(await recording.value.finish()).toMatchObject({ ok: false, message: expect.stringContaining('cannot be written: ') });
  });

  test('is compressed when its name says so', async () => {
    await recordOne(`${file}.gz`, text('x'), { kind: 'file', path: '/a' });
    expect([...(await readFile(`${file}.gz`)).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    expect(await ask({ kind: 'file', path: '/a' }, `${file}.gz`)).toEqual(text('x'));
  });
});
