import { fact } from '../engine/declare.ts';
import { egressSelector as readEgressSelector } from '../startup-files.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { startedBy } from './node-files.ts';

/** null: the flag is not set. */
export const egressSelector = fact({
  name: 'egressSelector',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask) => readEgressSelector(ask, flags, mounts),
});
