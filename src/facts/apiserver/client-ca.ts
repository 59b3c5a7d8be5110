import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { certificateFile } from './named-files.ts';
import { startedBy } from './node-files.ts';

export const clientCa = fact({
  name: 'clientCa',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask, { node }) => certificateFile(ask, flags.byName['client-ca-file'], 'bundle', mounts, node),
});
