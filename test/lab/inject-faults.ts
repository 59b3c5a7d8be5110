/** Injects each fault into a real kube-apiserver, and compares exactly what aggctl finds. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Version, versions } from './assets.ts';
import type { ControlPlane } from './control-plane.ts';
import { diagnose } from './diagnose.ts';
import { onLaptop, onNode, outcome, recordingHint } from './doctor.ts';
import { type Fault, type Lab, outcomeOf } from './faults/fault.ts';
import { nothing } from './faults/sound.ts';
import { useControlPlane } from './fixture.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';
import { tierOf } from './tiers.ts';
import { until } from './wait.ts';

/** The tests of one version and of some faults; each is a file of its own, so that two of them run side by side. */
export function injectFaults(version: Version, faults: readonly Fault[]): void {
  const newest = version === versions[0];
  const control = useControlPlane({ version });
  let lab: Lab;
  let sound: State;
  let records: string;

  beforeAll(async () => {
    lab = { cp: control(), sample: await startSampleApiserver(control()) };
    sound = await lab.cp.snapshotState();
    await mkdir(lab.cp.path('usr'), { recursive: true });
    records = await mkdtemp(join(tmpdir(), 'aggctl-records-'));
  });
  afterAll(() => rm(records, { recursive: true, force: true }));

  const diagnosed = (name: string, from = onNode(lab.cp), judged: Pick<Fault, 'manifest' | 'asFrontProxy' | 'named'> = {}) =>
    diagnose(lab.cp, name, { records, from, kept: newest, ...judged });

  test('healthy', async () => {
    const { stderr, ...found } = await diagnosed('healthy');
    expect({ ...outcome({ ...found, stderr }), unavailable: found.report.unavailable, stderr }).toEqual({
      ...outcomeOf(nothing),
      // Without a mirror pod only /flagz shows what runs, and it is there by default from 1.36 on.
      unavailable: version === '1.35.4' ? [expect.objectContaining({ fact: 'runningFlags', why: 'excluded' })] : [],
      stderr: recordingHint,
    });
  });

  describe('with a fault', () => {
    beforeEach(async () => {
      await lab.cp.restore(sound, lab.sample);
      await lab.cp.waitServed(lab.sample.apiService);
      await published(lab);
    });
    for (const fault of faults.filter(({ everywhere }) => newest || everywhere))
      test(fault.name, tierOf(fault, version), async () => {
        const { name, fromLaptop, manifest, asFrontProxy, named, inject, undo, status } = fault;
        await inject(lab);
        const judged = { ...(manifest && { manifest }), ...(asFrontProxy && { asFrontProxy }), ...(named && { named }) };
        const found = await diagnosed(name, fromLaptop ? onLaptop(lab.cp) : onNode(lab.cp), judged);
        await undo?.(lab);
        const finds = (version === '1.35.4' && fault.findsOn135) || fault.finds;
        expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual(outcomeOf({ finds, status }));
      });
  });

  test('aggctl has only read: get, list, watch, and reviews of itself', async () => {
    const events = await eventsOfAggctl(lab.cp);
    const writes = events.filter(
      ({ verb, objectRef }) => !['get', 'list', 'watch'].includes(verb) && !reviews.includes(objectRef?.resource),
    );
    expect(writes).toEqual([]);
    expect(events.some(({ objectRef }) => objectRef?.resource === 'apiservices')).toBe(true);
  });
}

const reviews = ['selfsubjectreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'];

/** What reached kube-apiserver as the user of admin.conf: the lab itself works with a copy of super-admin.conf. */
const eventsOfAggctl = (controlPlane: ControlPlane) => controlPlane.auditEvents(({ user }) => user?.username === 'kubernetes-admin');

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
/** Up to 1.35 kube-apiserver looks at a discovery that failed only once a minute. */
const published = ({ cp, sample }: Lab) =>
  until('kube-apiserver to publish the sample server again', 90_000, async () => {
    const { text } = await cp.request('/apis', { accept: aggregated });
    const groups: { metadata: { name: string }; versions: { version: string; freshness?: string }[] }[] = JSON.parse(text).items;
    const own = groups.find(({ metadata }) => sample.apiService.endsWith(`.${metadata.name}`));
    return own?.versions.every(({ freshness }) => freshness === 'Current') || undefined;
  });
