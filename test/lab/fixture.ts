/** A lab for the tests of one file: up before them, down after them, its logs kept when one of them fails. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './control-plane.ts';
import { startNode, type WholeNode, type WholeNodeOptions } from './whole-node.ts';

/** Call it at the top of a file or of a `describe`; what it returns gives the control plane inside tests and later hooks. */
export const useControlPlane = (options?: ControlPlaneOptions): (() => ControlPlane) => useLab(() => startControlPlane(options));

/** The same with a whole node. */
export const useNode = (options?: WholeNodeOptions): (() => WholeNode) => useLab(() => startNode(options));

function useLab<Lab extends ControlPlane>(start: () => Promise<Lab>): () => Lab {
  let lab: Lab | undefined;
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
