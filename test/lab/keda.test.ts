/**
 * KEDA's operator and adapter on a whole node: found healthy, and with the failures that they are known for.
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
import { kedaFaults } from './faults/keda.ts';
import { nothing } from './faults/sound.ts';
import { useNode } from './fixture.ts';
import { externalMetrics, installKeda } from './keda.ts';

const node = useNode();
let records: string;
const look = (name: string, from = onLaptop(node())) => diagnose(node(), name, { records, from, kept: true });

beforeAll(async () => {
  records = await mkdtemp(join(tmpdir(), 'aggctl-keda-'));
  await Promise.all([node().importImage('kedaAdapter'), node().importImage('kedaOperator')]);
  await installKeda(node());
  await node().waitServed(externalMetrics);
});
afterAll(() => rm(records, { recursive: true, force: true }));

test('KEDA is healthy, from the node and from a laptop', async () => {
  for (const [name, from] of Object.entries({ 'keda-healthy': onLaptop(node()), 'keda-healthy-node': onNode(node()) }))
    expect(outcome(await look(name, from))).toEqual(outcomeOf(nothing));
});

test.each(kedaFaults)('$name', async (fault) => {
  await fault.inject(node());
  const found = await look(fault.name);
  expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(fault));
  expect(found.report.findings[0]?.message).toMatch(fault.says);
  expect(found.report.findings[0]?.fix.text).toMatch(/keda-operator issues the certificate in Secret `kedaorg-certs`/);
  await fault.undo?.(node());
});
