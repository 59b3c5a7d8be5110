/** What declarations accept, and what their types refuse: there `tsc` is the test. */
import { expect, test } from 'vitest';
import { each, fact, maybe, type Scope } from '../../../src/facts/engine/declare.ts';
import { begin } from '../../../src/facts/engine/engine.ts';
import type { Ask, Observed } from '../../../src/model.ts';

interface Item {
  readonly node: string;
  readonly port: number;
}
const list = fact({ name: 'list', read: (): Observed<readonly Item[]> => ({ ok: true, value: [{ node: 'a', port: 6443 }] }) });
const server: Scope<'server', Item> = { name: 'server', list, nameOf: ({ node }) => node };
const other: Scope<'other', Item> = { name: 'other', list, nameOf: ({ node }) => node };
const version = fact({ name: 'version', from: () => ({ minor: 37 }) });
const flags = fact({ name: 'flags', of: server, from: (_, { port }) => ({ port }) });
const strange = fact({ name: 'strange', of: other, from: () => 1 });

const accepted = fact({
  name: 'accepted',
  needs: { all: each(flags), may: maybe(version), mayAll: maybe(each(flags)) },
  from: ({ all, may, mayAll }): number =>
    all.length + (may.ok ? may.value.minor : 0) + (mayAll.ok && mayAll.value[0]?.observed.ok ? mayAll.value[0].observed.value.port : 0),
});
test('a fact needs one, every, or perhaps', async () => {
  const ask = (async () => ({ ok: true, value: null })) as unknown as Ask;
  expect(await begin({ sources: [ask] }).get(accepted)).toEqual({ ok: true, value: 1 + 37 + 6443 });
});

// @ts-expect-error A fact of the cluster needs each(flags): there is no one server.
fact({ name: 'x', needs: { flags }, from: () => 1 });
// @ts-expect-error A fact of another scope is no fact of this subject.
fact({ name: 'x', of: server, needs: { strange }, from: () => 1 });
// @ts-expect-error Read, and not declared.
fact({ name: 'x', of: server, needs: { flags }, from: ({ version }) => version });
// @ts-expect-error The value has no such field.
fact({ name: 'x', of: server, needs: { flags }, from: (given) => given.flags.nothing });
// @ts-expect-error `from` asks nothing.
fact({ name: 'x', of: server, needs: { flags }, from: async (_, _item, ask) => ask({ kind: 'clock' }) });
// @ts-expect-error maybe() hands over an Observed.
fact({ name: 'x', needs: { version: maybe(version) }, from: (given) => given.version.minor });
