/** A lab for the tests of one file: up before them, down after them, its logs kept when one of them fails. */
import { mkdir } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { versions } from './assets.ts';
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './control-plane.ts';
import type { Lab } from './faults/index.ts';
import { startSampleApiserver } from './servers.ts';
import type { State } from './state.ts';
import { startNode, type WholeNode, type WholeNodeOptions } from './whole-node.ts';

/** Call it at the top of a file or of a `describe`; what it returns gives the control plane inside tests and later hooks. */
export const useControlPlane = (options?: ControlPlaneOptions): (() => ControlPlane) => useLab(() => startControlPlane(options));

/** The same with a whole node. */
export const useNode = (options?: WholeNodeOptions): (() => WholeNode) => useLab(() => startNode(options));

/** A control plane of the newest version with the sample, sound again before each test. It may be diagnosed from a laptop, too. */
export function useSample(): () => Lab {
  const control = useControlPlane({ version: versions[0] });
  let lab: Lab;
  let sound: State;
  beforeAll(async () => {
    lab = { cp: control(), sample: await startSampleApiserver(control()) };
    sound = await lab.cp.snapshotState();
    await mkdir(lab.cp.path('usr'), { recursive: true });
  });
  beforeEach(async () => {
    await lab.cp.restore(sound, lab.sample);
    await lab.cp.waitServed(lab.sample.apiService);
  });
  return () => lab;
}

function useLab<Running extends ControlPlane>(start: () => Promise<Running>): () => Running {
  let lab: Running | undefined;
  let failed = false;
  beforeAll(async () => {
    lab = await start();
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  afterAll(async () => {
    await lab?.stop({ keepLogs: failed });
  });
  return () => {
    if (!lab) throw new Error('the lab is not up: use it inside tests and hooks only');
    return lab;
  };
}
