/** Faults of the Service and its pods that only a real kubelet, scheduler, kube-proxy and controllers can make. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doctor, onLaptop, outcome } from './doctor.ts';
import { podFaults } from './faults/pods.ts';
import { samplePodFaults } from './faults/sample-pods.ts';
import { tierOf } from './tiers.ts';
import { startNode, type WholeNode } from './whole-node.ts';

const scenarios = fileURLToPath(new URL('../scenarios', import.meta.url));
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
    const { name, finds, inject } = fault;
    await inject(node);
    const folder = join(records, name);
    const diagnosed = await doctor(node, ...onLaptop(node), '--record', folder);
    const { report } = await doctor(node, '--snapshot', folder);
    expect({ ...report, source: 'live' }).toEqual(diagnosed.report);
    if (process.env.UPDATE) {
      await rm(join(scenarios, name, 'snapshot'), { recursive: true, force: true });
      await cp(folder, join(scenarios, name, 'snapshot'), { recursive: true });
    }
    expect(outcome(diagnosed), JSON.stringify(diagnosed.report.findings, null, 1)).toEqual({
      first: finds[0],
      ids: [...finds].sort(),
      status: finds.length > 0 ? 1 : 0,
    });
  });
