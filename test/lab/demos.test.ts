/** @module-tag more */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demos } from '../../src/commands/open-source.ts';
import { doctor, idsOf, onNode } from './doctor.ts';
import { faultOfDemo } from './faults/demos.ts';
import { useControlPlane } from './fixture.ts';
import { keptAs } from './kept.ts';
import { type Server, startExtensionServer, startSampleApiserver } from './servers.ts';

const secondVersion = 'v1beta1.wardle.example.com';

describe('the demos that ship with aggctl', () => {
  const control = useControlPlane();
  let sample: Server;
  let records: string;

  beforeAll(async () => {
    records = await mkdtemp(join(tmpdir(), 'aggctl-demos-'));
    sample = await startSampleApiserver(control());
    // The second version that the sample serves.
    const second = structuredClone(sample.objects.apiService);
    second.metadata = { name: secondVersion };
    second.spec.version = 'v1beta1';
    delete second.status;
    await control().apply(second);
    await control().waitServed(secondVersion);
  });
  afterAll(() => rm(records, { recursive: true, force: true }));

  test.each(demos)('%s', async (name) => {
    const lab = { cp: control(), sample };
    // It verifies no front proxy, so faults of that would pass it by.
    if (name === 'wrong-cabundle') {
      const inventory = await startExtensionServer(lab.cp, { group: 'inventory.example.com' });
      await lab.cp.waitServed(inventory.apiService);
    }
    const sound = await lab.cp.snapshotState();
    const fault = faultOfDemo(name);
    await fault?.inject(lab);
    if (fault && name !== 'wrong-cabundle') await lab.cp.waitAvailable(secondVersion, 'False');
    const file = join(records, `${name}.jsonl`);
    const { report } = await doctor(lab.cp, ...onNode(lab.cp), '--record', file);
    expect(idsOf(report)[0]).toBe(fault?.finds[0]);
    expect(report.findings.length).toBe(fault ? 1 : 0);
    await keptAs(`demo/${name}.jsonl`, file);
    await lab.cp.restore(sound, sample);
  });
});
