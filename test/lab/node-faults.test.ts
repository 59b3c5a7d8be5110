/** The faults that need real pods: injected into a whole node, and what aggctl finds there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deploySample } from './deploy-sample.ts';
import { diagnose } from './diagnose.ts';
import { onLaptop, onNode, outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { type NodeLab, nodeFaults } from './faults/node.ts';
import { podRequestFaults } from './faults/pod-requests.ts';
import { webhookFaults } from './faults/webhooks.ts';
import { useNode } from './fixture.ts';
import type { State } from './state.ts';
import { tierOf } from './tiers.ts';

const node = useNode();
let lab: NodeLab;
let sound: State;
let records: string;

beforeAll(async () => {
  lab = { cp: node(), sample: await deploySample(node()) };
  sound = await node().snapshotState();
  records = await mkdtemp(join(tmpdir(), 'aggctl-node-'));
});
afterAll(() => rm(records, { recursive: true, force: true }));
beforeEach(async () => {
  await lab.cp.restore(sound);
  await lab.cp.waitServed(lab.sample.apiService);
});

for (const fault of [...nodeFaults, ...webhookFaults, ...podRequestFaults])
  test(fault.name, tierOf(fault), async () => {
    const { name, fromLaptop, readSecrets, inject, undo } = fault;
    await inject(lab);
    const from = fromLaptop ? onLaptop(lab.cp) : onNode(lab.cp);
    const found = await diagnose(lab.cp, name, { records, from, kept: true, ...(readSecrets && { readSecrets }) });
    await undo?.(lab);
    expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf(fault));
  });
