/** Three control-plane nodes: what aggctl finds on one of them, from elsewhere, and on the snapshots of all. */
import { cp as copy, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { doctor, onLaptop, onNode, outcome } from './doctor.ts';
import { apiService } from './faults/fault.ts';
import { mirror } from './faults/flags.ts';
import { type SeveralFault, type SeveralNodes, severalFaults } from './faults/several.ts';
import { useControlPlane } from './fixture.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';
import { tierOf } from './tiers.ts';
import { until } from './wait.ts';

const scenarios = fileURLToPath(new URL('../scenarios', import.meta.url));

describe('three control-plane nodes', () => {
  const control = useControlPlane();
  let lab: SeveralNodes;
  let sound: readonly State[];
  let records: string;

  const announced = async (count: number) =>
    until(`${count} kube-apiservers to be announced`, 60_000, async () => {
      const slice = await control().get('/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/kubernetes');
      return slice?.endpoints.length === count || undefined;
    });

  beforeAll(async () => {
    const first = control();
    const [second, third] = await Promise.all([first.join('cp-2'), first.join('cp-3')]);
    lab = { nodes: [first, second, third], sample: await startSampleApiserver(first) };
    await mkdir(first.path('usr'), { recursive: true });
    await announced(3);
    sound = await Promise.all(lab.nodes.map((node) => node.snapshotState()));
    for (const node of lab.nodes) await mirror(node);
    records = await mkdtemp(join(tmpdir(), 'aggctl-several-'));
  });
  afterAll(() => rm(records, { recursive: true, force: true }));

  /** Runs aggctl where the fault says, and replays what it recorded. UPDATE=1 keeps the recordings as a scenario. */
  async function diagnose(name: string, from: SeveralFault['from']) {
    const places =
      from === 'snapshots'
        ? lab.nodes.map((node) => ({ folder: `snapshot-${node.name}`, node, options: onNode(node) }))
        : from === 'laptop'
          ? [{ folder: 'snapshot', node: lab.nodes[0], options: onLaptop(lab.nodes[0]) }]
          : lab.nodes.slice(from - 1, from).map((node) => ({ folder: 'snapshot', node, options: onNode(node) }));
    const live = [];
    for (const { folder, node, options } of places) live.push(await doctor(node, ...options, '--record', join(records, name, folder)));
    const replayed = await doctor(lab.nodes[0], ...places.flatMap(({ folder }) => ['--snapshot', join(records, name, folder)]));
    const [only, ...more] = live;
    if (only && more.length === 0) expect({ ...replayed.report, source: 'live' }).toEqual(only.report);
    if (process.env.UPDATE) {
      await rm(join(scenarios, name), { recursive: true, force: true });
      await copy(join(records, name), join(scenarios, name), { recursive: true });
    }
    return replayed;
  }

  describe('that are sound give no finding', () => {
    test.each(['healthy-several', 'healthy-laptop-several', 'healthy-several-snapshots'] as const)('%s', async (name) => {
      const from = { 'healthy-several': 1, 'healthy-laptop-several': 'laptop', 'healthy-several-snapshots': 'snapshots' } as const;
      const diagnosed = await diagnose(name, from[name]);
      expect(outcome(diagnosed)).toEqual({ first: undefined, ids: [], status: 0 });
      expect(diagnosed.report.apiservers.map((one) => one.name).sort()).toEqual(['cp-1', 'cp-2', 'cp-3']);
      const unseen = diagnosed.report.unavailable.map(({ why }) => why);
      expect(unseen.filter((why) => why !== 'excluded')).toEqual([]);
    });
  });

  describe('of which one has a fault', () => {
    beforeEach(async () => {
      await control().kubectl('-n', 'kube-system', 'delete', 'pod', '-l', 'component=kube-apiserver', '--force', '--grace-period=0');
      for (const [index, node] of lab.nodes.entries()) if (index > 0) await node.restoreFiles(sound[index] as State);
      await lab.nodes[0].restore(sound[0] as State, lab.sample);
      for (const node of lab.nodes) await node.waitServed(apiService);
      await announced(3);
      for (const node of lab.nodes) await mirror(node);
    });
    for (const fault of severalFaults)
      test(fault.name, tierOf(fault), async () => {
        const { name, from, finds, status, inject } = fault;
        await inject(lab);
        expect(outcome(await diagnose(name, from))).toEqual({ first: finds[0], ids: [...finds].sort(), status });
      });
  });
});
