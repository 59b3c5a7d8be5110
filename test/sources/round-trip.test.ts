/** What is recorded is replayed: equal answers to all kinds of question, refusals and time-outs included. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Answer, AnyQuestion, ApiPath, Ask, Kind, Observed, Ownership } from '../../src/model.ts';
import { keyOf } from '../../src/sources/question.ts';
import { record } from '../../src/sources/record.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { type Random, random } from './random.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'aggctl-round-trip-'));
  folders.push(folder);
  return folder;
}

const time = '2026-11-23T02:45:10.123Z';
const kinds: readonly Kind[] = ['clock', 'connection', 'file', 'dir', 'key', 'api', 'handshake'];

function path(r: Random): string {
  const part = () =>
    !r.chance(3) ? r.pick(['apis', 'apis.json', 'apis.answer', 'x.yaml', '', '.', '...']) : r.text(4).replaceAll('/', '');
  const parts = Array.from({ length: 1 + r.below(4) }, part).map((name) => (name === '..' ? 'up' : name));
  return `/${parts.join('/')}${r.chance(8) ? `?limit=500&continue=${r.text(6).replaceAll('/', '')}` : ''}`;
}

function question(r: Random): AnyQuestion {
  const kind = r.pick(kinds);
  if (kind === 'clock' || kind === 'connection') return { kind };
  if (kind === 'handshake')
    return {
      kind,
      host: r.pick(['10.0.0.1', 'fd00::1', r.text(3)]),
      port: 1 + r.below(3),
      serverName: r.text(2),
      present: r.pick(['none', 'front-proxy']),
      ...(r.chance(3) && { pair: { certificate: path(r), key: path(r) } }),
      ...(r.chance(3) && { request: { path: path(r), headers: { 'X-Remote-User': r.text(4) } } }),
    };
  if (kind !== 'api') return { kind, path: path(r) };
  return {
    kind,
    method: r.pick(['GET', 'POST']),
    path: path(r) as ApiPath,
    ...(r.chance(3) && {
      accept: r.pick(['application/json', 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList', '*/*']),
    }),
    ...(r.chance(3) && { body: r.text(40) }),
    ...(r.chance(3) && { server: r.pick(['10.0.0.1:6443', '[fd00::1]:6443']) }),
    ...(r.chance(3) && { nth: 1 + r.below(3) }),
  };
}

const owned = (r: Random): Ownership => ({ mode: r.pick(['0600', '0644', '4755']), uid: r.below(2000), gid: r.below(3), mtime: time });
const answers: { readonly [K in Kind]: (r: Random) => Answer[K] } = {
  clock: () => ({ time }),
  connection: (r) => (r.chance(3) ? null : { context: r.text(3), server: 'https://10.0.0.1:6443', from: r.text(4) }),
  file: (r) =>
    r.pick<() => Answer['file']>([
      () => ({ is: 'absent' }),
      () => ({ is: 'directory' }),
      () => ({ is: 'binary', size: r.below(1000), ...(r.chance(2) && { certificate: r.text(9) }), ...owned(r) }),
      () => ({ is: 'text', text: r.text(60), ...owned(r) }),
    ])(),
  dir: (r) => (r.chance(3) ? { is: 'absent' } : { is: 'directory', entries: [r.text(3), r.text(3)] }),
  key: (r) =>
    r.chance(4)
      ? { is: r.pick(['absent', 'directory']) }
      : {
          is: r.pick(['pem', 'der', 'encrypted', 'certificate', 'empty', 'garbage']),
          ...(r.chance(2) && { publicKey: r.text(9) }),
          ...owned(r),
        },
  api: (r) => ({
    status: r.pick([200, 200, 401, 404, 503]),
    headers: r.chance(4)
      ? {}
      : { 'content-type': r.pick(['application/json', 'text/plain; charset=utf-8']), date: r.text(3), warning: r.text(5) },
    text: r.chance(2) ? JSON.stringify({ kind: r.text(9) }) : r.text(60),
    ms: r.below(9000),
  }),
  handshake: (r) => ({
    chain: [r.text(9)],
    ...(r.chance(2) && { protocol: 'TLSv1.3' }),
    ...(r.chance(3) && { error: r.text(9) }),
    ...(r.chance(3) && { answer: { status: r.pick([200, 401, 403]), text: r.text(30) } }),
    ms: r.below(99),
  }),
};

/** A world that answers each question once and for all, at random moments. */
function world(r: Random): Ask {
  const known = new Map<string, Observed<unknown>>();
  const ask = async (asked: AnyQuestion): Promise<Observed<unknown>> => {
    const key = keyOf(asked);
    const refused = (): Observed<never> => ({
      ok: false,
      why: r.pick(['excluded', 'denied', 'unreachable', 'malformed']),
      message: r.text(20),
      ...(r.chance(3) && { because: { fact: 'now', subject: { scope: 'cluster', name: '' } } }),
    });
    const answer = known.get(key) ?? (asked.kind !== 'clock' && r.chance(4) ? refused() : { ok: true, value: answers[asked.kind](r) });
    known.set(key, answer);
    for (let turns = r.below(4); turns > 0; turns--) await new Promise(setImmediate);
    return answer;
  };
  return ask as Ask;
}

const use = (ask: Ask, asked: AnyQuestion): Promise<Observed<unknown>> => ask(asked as never);

describe('round trip', () => {
  test.each(Array.from({ length: 30 }, (_, i) => i + 1))(
    'seed %i: replaying gives equal answers, and nothing to what was not asked',
    async (seed) => {
      const r = random(seed);
      const file = join(await newFolder(), seed % 2 ? 'a.jsonl' : 'a.jsonl.gz');
      const recording = await record(world(r), file, { keep: (_, answer) => answer, version: '0.1.0' });
      if (!recording.ok) throw new Error(recording.message);
      const asked = Array.from({ length: 60 }, () => question(r));
      const seen = await Promise.all(asked.map(async (one) => [one, await use(recording.value.ask, one)] as const));
      expect(await recording.value.finish()).toEqual({
        ok: true,
        value: new Set(asked.filter(({ kind }) => kind !== 'clock').map(keyOf)).size,
      });

      const opened = await snapshot(file);
      if (!opened.ok) throw new Error(opened.message);
      for (const [one, answer] of seen) expect(await use(opened.value.ask, one), keyOf(one)).toStrictEqual(answer);

      const keys = new Set(asked.map(keyOf));
      const never = Array.from({ length: 60 }, () => question(r)).filter((one) => !keys.has(keyOf(one)) && one.kind !== 'clock');
      for (const one of never) {
        expect(await use(opened.value.ask, one)).toEqual({ ok: false, why: 'excluded', message: 'not in this snapshot' });
      }
    },
  );

  test('the file is sorted, counts its answers, and only its owner may read it', async () => {
    const r = random(99);
    const folder = await newFolder();
    const file = join(folder, 'deep', 'a.jsonl');
    const recording = await record(world(r), file, { keep: (_, answer) => answer, version: '0.1.0' });
    if (!recording.ok) throw new Error(recording.message);
    for (let i = 0; i < 100; i++) await use(recording.value.ask, question(r));
    const written = await recording.value.finish();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'deep'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(folder, 'deep'))).toEqual(['a.jsonl']);
    const [header = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(JSON.parse(header)).toEqual({ aggctl: 2, captured: time, origin: 'recorded', version: '0.1.0' });
    expect(JSON.parse(lines.pop() ?? '')).toMatchObject({ answers: written.ok && written.value });
    expect(lines).toEqual([...lines].sort());
    expect(lines.length).toBeGreaterThan(60);
  });
});
