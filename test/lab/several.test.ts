/** Three control-plane nodes: what aggctl finds on one of them, from elsewhere, and on the snapshots of all. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { diagnose as diagnosisOf } from '../../src/commands/doctor.ts';
import { judging } from '../../src/commands/judging.ts';
import { fromLog } from '../../src/nodes/stream.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { together } from '../../src/sources/together.ts';
import { aggctl, doctor, onLaptop, onNode, outcome } from './doctor.ts';
import { apiService, outcomeOf } from './faults/fault.ts';
import { mirror } from './faults/flags.ts';
import { type SeveralFault, type SeveralNodes, severalFaults, severalSound } from './faults/several.ts';
import { useControlPlane } from './fixture.ts';
import { keptAsScenario } from './kept.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';
import { tierOf } from './tiers.ts';
import { until } from './wait.ts';

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
    const recordOf = (of: string, place: string) => join(records, of, `${place}.jsonl`);
    const live = [];
    for (const { folder, node, options } of places)
      live.push(await doctor(node, ...options, '--record', recordOf(name, folder), '--overwrite'));
    const replayed = await doctor(lab.nodes[0], ...places.flatMap(({ folder }) => ['--snapshot', recordOf(name, folder)]));
    const [only, ...more] = live;
    if (only && more.length === 0) expect({ ...replayed.report, source: 'live' }).toEqual(only.report);
    await keptAsScenario(name, Object.fromEntries(places.map(({ folder }) => [folder.replace(/^snapshot-?/, ''), recordOf(name, folder)])));
    return replayed;
  }

  describe('that are sound give no finding', () => {
    test.each(severalSound)('$name', async (sound) => {
      const diagnosed = await diagnose(sound.name, sound.from);
      expect(outcome(diagnosed)).toEqual(outcomeOf(sound));
      expect(diagnosed.report.apiservers.map((one) => one.name).sort()).toEqual(['cp-1', 'cp-2', 'cp-3']);
      const unseen = diagnosed.report.unavailable.map(({ why }) => why);
      expect(unseen.filter((why) => why !== 'excluded')).toEqual([]);
    });
  });

  test('--nodes shows in one report what each of them shows', async () => {
    const file = join(records, 'from-elsewhere.jsonl');
    await doctor(lab.nodes[0], ...onLaptop(lab.nodes[0]), '--record', file);
    const api = await snapshot(file);
    if (!api.ok) throw new Error(api.message);
    const recordings = await Promise.all(
      lab.nodes.map(async (node) => {
        // What runs in the Pod of that node.
        const { stdout } = await node.run([process.execPath, aggctl, 'record-node', '--root', node.root]);
        const found = fromLog(stdout);
        const opened = await snapshot(node.name, Buffer.from('recording' in found ? found.recording : found.why));
        if (!opened.ok) throw new Error(opened.message);
        return { node: node.name, ask: opened.value.ask };
      }),
    );
    const source = { asks: await together(api.value.ask, recordings), name: 'live', incomplete: null, close: async function* () {} };
    const { diagnosis } = await diagnosisOf(source, judging({}), {});
    expect(diagnosis.findings).toEqual([]);
    expect(diagnosis.apiservers.map(({ name, origin }) => [name, origin]).sort()).toEqual(
      ['cp-1', 'cp-2', 'cp-3'].map((name) => [name, 'manifest']),
    );
    expect(diagnosis.unavailable).toEqual([]);
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
        await fault.inject(lab);
        expect(outcome(await diagnose(fault.name, fault.from))).toEqual(outcomeOf(fault));
      });
  });
});
