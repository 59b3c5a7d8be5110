import { describe, expect, test } from 'vitest';
import { each, type Fact, fact, input, maybe, type Scope } from '../../../src/facts/engine/declare.ts';
import { begin } from '../../../src/facts/engine/engine.ts';
import type { AnyQuestion, ApiPath, Ask, Observed } from '../../../src/model.ts';

/** A source that keeps what it is asked; an Error is an answer that cannot be had. */
function source(answer: (path: string) => unknown = () => 'text'): { ask: Ask; paths: string[] } {
  const paths: string[] = [];
  const ask = (async (question: AnyQuestion) => {
    const path = 'path' in question ? question.path : question.kind;
    paths.push(path);
    const value = answer(path);
    return value instanceof Error ? { ok: false, why: 'denied', message: value.message } : { ok: true, value };
  }) as Ask;
  return { ask, paths };
}
const file = (name: string, path: string, needs: Record<string, Fact<unknown, 'cluster'>> = {}) =>
  fact({ name, needs, read: (_, ask) => ask({ kind: 'file', path }) });
const api = (name: string, path: string) => fact({ name, read: (_, ask) => ask({ kind: 'api', method: 'GET', path: path as ApiPath }) });
const denied = () => new Error('no right');

interface Node {
  readonly node: string;
  readonly at: number;
}
const nodes = input<readonly Node[]>('nodes');
const server: Scope<'apiserver', Node> = { name: 'apiserver', list: nodes, nameOf: ({ node }) => node, sourceOf: ({ at }) => at };
const certificate = fact({ name: 'certificate', of: server, read: (_, ask, { node }) => ask({ kind: 'file', path: `/${node}` }) });
const twoNodes = new Map<Fact, unknown>([
  [
    nodes,
    [
      { node: 'a', at: 0 },
      { node: 'b', at: 1 },
    ],
  ],
]);

describe('questions', () => {
  test('each goes out once, in the round that follows from what its fact waited for', async () => {
    const a = file('a', '/a');
    const b = file('b', '/b');
    const c = file('c', '/c', { a, b });
    const d = file('d', '/a', { c });
    const { ask, paths } = source();
    const engine = begin({ sources: [ask] });
    await Promise.all([engine.get(d), engine.get(c), engine.get(a)]);
    expect(paths).toEqual(['/a', '/b', '/c']);
    expect(engine.asked.map(({ by, round }) => [by.fact, round])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 2],
    ]);
  });
  test('what nobody wants is not asked', async () => {
    const a = file('a', '/a');
    file('b', '/b', { a });
    const { ask, paths } = source();
    await begin({ sources: [ask] }).get(a);
    expect(paths).toEqual(['/a']);
  });
  test('a fact that asks again after an answer is a round further', async () => {
    const twice = fact({
      name: 'twice',
      read: async (_, ask) => {
        await ask({ kind: 'clock' });
        await ask({ kind: 'file', path: '/a' });
        return ask({ kind: 'file', path: '/b' });
      },
    });
    const engine = begin({ sources: [source().ask] });
    await engine.get(twice);
    expect(engine.asked.map(({ round }) => round)).toEqual([0, 1, 2]);
  });
  test('for files each subject asks its own source', async () => {
    const [one, two] = [source(), source(denied)];
    const all = fact({
      name: 'all',
      needs: { certificates: each(certificate) },
      from: ({ certificates }) => certificates.map(({ name, observed }) => `${name} ${observed.ok}`),
    });
    const back = fact({ name: 'back', of: server, needs: { all }, from: ({ all: known }, { node }) => `${node} of ${known.length}` });
    const engine = begin({ sources: [one.ask, two.ask], given: twoNodes });
    expect(await engine.get(back, 'b')).toEqual({ ok: true, value: 'b of 2' });
    expect(await engine.get(all)).toEqual({ ok: true, value: ['a true', 'b false'] });
    expect([one.paths, two.paths]).toEqual([['/a'], ['/b']]);
  });
});

describe('the reason why a fact is missing', () => {
  const a = file('a', '/a');
  const b = fact({ name: 'b', needs: { a }, from: (given) => given.a });
  const missing = (one: Fact, answer = denied) => begin({ sources: [source(answer).ask] }).get(one);

  test('is the fact that asked', async () => expect(await missing(a)).toEqual({ ok: false, why: 'denied', message: 'no right' }));
  test('goes up through any number of facts', async () => expect(await missing(b)).toMatchObject({ ok: false, because: { fact: 'a' } }));
  test('stays with what is passed on', async () => {
    const passes = fact({ name: 'passes', needs: { b: maybe(b) }, read: (given) => given.b });
    expect(await missing(passes)).toMatchObject({ ok: false, because: { fact: 'a' } });
  });
  test('is the fact itself when it says something of its own', async () => {
    const says = fact({
      name: 'says',
      needs: { b: maybe(b) },
      read: (given): Observed<unknown> => (given.b.ok ? given.b : { ok: false, why: 'excluded', message: `mine: ${given.b.message}` }),
    });
    expect(await missing(says)).toEqual({ ok: false, why: 'excluded', message: 'mine: no right' });
  });
  test('does not matter to a fact that goes on without it', async () => {
    const does = fact({ name: 'does', needs: { b: maybe(b) }, from: (given) => (given.b.ok ? 1 : 2) });
    expect(await missing(does)).toEqual({ ok: true, value: 2 });
  });
  test('is never an internal fact, but what needs it', async () => {
    const inner = fact({ name: 'inner', internal: true, read: (_, ask) => ask({ kind: 'file', path: '/a' }) });
    const outer = fact({ name: 'outer', needs: { inner }, from: () => 1 });
    const over = fact({ name: 'over', needs: { outer }, from: () => 1 });
    expect(await missing(outer)).toEqual({ ok: false, why: 'denied', message: 'no right' });
    expect(await missing(over)).toMatchObject({ ok: false, because: { fact: 'outer' } });
  });
  test('is the list when there are no subjects', async () => {
    expect(await begin({ sources: [source().ask] }).get(each(certificate))).toEqual({
      ok: false,
      why: 'excluded',
      message: 'no nodes was given',
    });
  });
  test('is what lies beneath every answer of its kind, when that is missing, too', async () => {
    const [version, pods] = [api('version', '/version'), api('pods', '/pods')];
    const beneath = { api: version };
    const down = begin({ sources: [source(denied).ask], beneath });
    expect(await down.get(pods)).toMatchObject({ ok: false, because: { fact: 'version' } });
    const { ask, paths } = source((path) => (path === '/pods' ? denied() : 'fine'));
    expect(await begin({ sources: [ask], beneath }).get(pods)).toEqual({ ok: false, why: 'denied', message: 'no right' });
    expect(paths).toEqual(['/pods', '/version']);
  });
});

test('a fact that breaks is missing, and what can do without it goes on', async () => {
  const broken = fact({
    name: 'broken',
    from: (): number => {
      throw new Error('oops');
    },
  });
  const later = fact({
    name: 'later',
    read: async (): Promise<Observed<number>> => {
      throw new Error('oops');
    },
  });
  const behind = fact({ name: 'behind', needs: { broken }, from: () => 1 });
  const beside = fact({ name: 'beside', needs: { broken: maybe(broken) }, from: () => 1 });
  const engine = begin({ sources: [source().ask] });
  const bug = (name: string) => ({
    ok: false,
    why: 'malformed',
    message: `what makes \`${name}\` broke, which is a bug of aggctl: report it, with a recording (--record): oops`,
  });
  expect(await engine.get(broken)).toEqual(bug('broken'));
  expect(await engine.get(later)).toEqual(bug('later'));
  expect(await engine.get(behind)).toMatchObject({ ok: false, because: { fact: 'broken' } });
  expect(await engine.get(beside)).toEqual({ ok: true, value: 1 });
});
test('subjects with one key share a reading, and each is a reason of its own', async () => {
  let times = 0;
  const shared = fact({
    name: 'shared',
    of: server,
    per: () => 'one',
    read: (): Observed<number> => {
      times++;
      return { ok: false, why: 'denied', message: 'no' };
    },
  });
  const all = await begin({ sources: [source().ask], given: twoNodes }).get(each(shared));
  const own = { ok: false, why: 'denied', message: 'no' };
  expect(times).toBe(1);
  expect(all).toEqual({
    ok: true,
    value: [
      { name: 'a', observed: own },
      { name: 'b', observed: own },
    ],
  });
});
test('a fact is a function of plain values', () => {
  const count = fact({ name: 'count', needs: { nodes }, from: (given) => given.nodes.length });
  expect(count.read({ nodes: [1, 2] }, source().ask, null)).toEqual({ ok: true, value: 2 });
});
