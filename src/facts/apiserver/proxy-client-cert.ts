import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { certificateFile } from './named-files.ts';
import { startedBy } from './node-files.ts';
import { isPair } from './pair.ts';

/** null, as of the other files: the flag is not set. */
export const proxyClientCert = fact({
  name: 'proxyClientCert',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask, { node }) =>
    certificateFile(ask, isPair(flags) ? flags.byName['proxy-client-cert-file'] : undefined, 'chain', mounts, node),
});
