import { expect, test } from 'vitest';
import type { Fact, Need } from '../../src/facts/engine/declare.ts';
import { facts } from '../../src/facts/index.ts';

const neededBy = (need: Need): Fact => ('maybe' in need ? neededBy(need.maybe) : 'each' in need ? need.each : need);
const all = new Set<Fact>();
function visit(fact: Fact): void {
  if (all.has(fact)) return;
  all.add(fact);
  for (const need of [...(fact.of.list ? [fact.of.list] : []), ...Object.values(fact.needs).map(neededBy)]) visit(need);
}
for (const fact of Object.values(facts)) visit(fact as Fact);

test('each fact stands in the registry under its own name', () => {
  expect(Object.entries(facts).filter(([key, { name }]) => key !== name)).toEqual([]);
});
test('no two facts have one name', () => {
  expect(all.size).toBeGreaterThan(100);
  expect(new Set([...all].map(({ name }) => name)).size).toBe(all.size);
});
test('reports name no fact that they do not list: what no check may name is internal, but for the lists of subjects', () => {
  const listed = new Set<Fact>(Object.values(facts));
  const hidden = [...all].filter((fact) => !fact.internal && !listed.has(fact)).map(({ name }) => name);
  expect(hidden.sort()).toEqual(['apiserver', 'apiservice']);
});
