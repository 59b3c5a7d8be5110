import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { keyFile } from './named-files.ts';
import { startedBy } from './node-files.ts';
import { isPair } from './pair.ts';

export const proxyClientKey = fact({
  name: 'proxyClientKey',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask, { node }) =>
    keyFile(ask, isPair(flags) ? flags.byName['proxy-client-key-file'] : undefined, mounts, node),
});
