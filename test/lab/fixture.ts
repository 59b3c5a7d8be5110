/** A control plane for the tests of one file: up before them, down after them, its logs kept when one of them fails. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type ControlPlane, type ControlPlaneOptions, startControlPlane } from './control-plane.ts';

/** Call it at the top of a file or of a `describe`; what it returns gives the control plane inside tests and later hooks. */
export function useControlPlane(options?: ControlPlaneOptions): () => ControlPlane {
  let controlPlane: ControlPlane | undefined;
  let failed = false;
  beforeAll(async () => {
    controlPlane = await startControlPlane(options);
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });
  afterAll(async () => {
    await controlPlane?.stop({ keepLogs: failed });
  });
  return () => {
    if (!controlPlane) throw new Error('the control plane is not up: use it inside tests and hooks only');
    return controlPlane;
  };
}
