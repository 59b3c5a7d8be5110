import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { certificateFile } from './named-files.ts';
import { startedBy } from './node-files.ts';

export const requestheaderCa = fact({
  name: 'requestheaderCa',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask, { node }) =>
    certificateFile(ask, flags.byName['requestheader-client-ca-file'], 'bundle', mounts, node),
});
