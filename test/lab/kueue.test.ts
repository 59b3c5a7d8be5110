/**
 * Kueue's visibility server on a whole node: found healthy, and with the failures that it is known for.
 *
 * @module-tag more
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diagnose } from './diagnose.ts';
import { onLaptop, onNode, outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { kueueFaults } from './faults/kueue.ts';
import { nothing } from './faults/sound.ts';
import { useNode } from './fixture.ts';
import { kueueObjects, visibility } from './kueue.ts';

const node = useNode();
let records: string;
const look = (name: string, from = onLaptop(node())) => diagnose(node(), name, { records, from, kept: true });

beforeAll(async () => {
  records = await mkdtemp(join(tmpdir(), 'aggctl-kueue-'));
  await node().importImage('kueue');
  const objects = await kueueObjects(node());
  // Its webhooks are called only once it runs.
  const isHook = ({ kind }: { kind?: string }) => /WebhookConfiguration$/.test(kind ?? '');
  await node().apply(...objects.filter(({ kind }) => kind === 'Namespace' || kind === 'CustomResourceDefinition'));
  await node().apply(
    ...objects
      .filter((one) => !['Namespace', 'CustomResourceDefinition'].includes(one.kind))
      .toSorted((a, b) => Number(isHook(a)) - Number(isHook(b))),
  );
  for (const name of visibility.apiServices) await node().waitServed(name);
});
afterAll(() => rm(records, { recursive: true, force: true }));

test('Kueue is healthy, from the node and from a laptop', async () => {
  for (const [name, from] of Object.entries({ 'kueue-healthy': onLaptop(node()), 'kueue-healthy-node': onNode(node()) }))
    expect(outcome(await look(name, from))).toEqual(outcomeOf(nothing));
});

test.each(kueueFaults)('$name', async (fault) => {
  await fault.inject(node());
  const found = await look(fault.name);
  if (fault.undo) {
    await fault.undo(node());
    for (const name of visibility.apiServices) await node().waitServed(name);
  }
  expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(fault));
  expect(found.report.findings[0]?.message).toMatch(fault.says);
});
