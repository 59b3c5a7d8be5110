/** Faults of the Service and its pods that only a real kubelet, scheduler, kube-proxy and controllers can make. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doctor, onLaptop, outcome } from './doctor.ts';
import { outcomeOf } from './faults/fault.ts';
import { podFaults } from './faults/pods.ts';
import { samplePodFaults } from './faults/sample-pods.ts';
import { keptAsScenario } from './kept.ts';
import { tierOf } from './tiers.ts';
import { startNode, type WholeNode } from './whole-node.ts';

let node: WholeNode;
let records: string;

beforeAll(async () => {
  node = await startNode();
  records = await mkdtemp(join(tmpdir(), 'aggctl-records-'));
}, 600_000);
afterAll(async () => {
  await node?.stop();
  await rm(records, { recursive: true, force: true });
});

for (const fault of [...podFaults, ...samplePodFaults])
  test(fault.name, { timeout: 240_000, ...tierOf(fault) }, async () => {
    const { name, inject } = fault;
    await inject(node);
    const file = join(records, `${name}.jsonl`);
    const diagnosed = await doctor(node, ...onLaptop(node), '--record', file, '--overwrite');
    const { report } = await doctor(node, '--snapshot', file);
    expect({ ...report, source: 'live' }).toEqual(diagnosed.report);
    await keptAsScenario(name, file);
    expect(outcome(diagnosed), JSON.stringify(diagnosed.report.findings, null, 1)).toEqual(outcomeOf(fault));
  });
