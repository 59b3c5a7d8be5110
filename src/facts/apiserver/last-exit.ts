import type { LastExit, Observed } from '../../model.ts';
import { version } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { lastExit as readLastExit } from '../exit-log.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { startedBy } from './node-files.ts';

/** null: kube-apiserver answers, or its log tells of no exit. */
export const lastExit = fact({
  name: 'lastExit',
  of: apiserver,
  needs: { startedBy, flags, version: maybe(version) },
  read: ({ flags, version }, ask, { node, local }): Observed<LastExit | null> | Promise<Observed<LastExit | null>> =>
    version.ok || local?.replaces !== undefined ? { ok: true, value: null } : readLastExit(() => ask, node, flags),
});
