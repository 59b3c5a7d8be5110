import { fact } from '../engine/declare.ts';
import { authenticationConfig as readAuthenticationConfig } from '../startup-files.ts';
import { apiserver } from './apiserver.ts';
import { flags } from './flags.ts';
import { startedBy } from './node-files.ts';

/** Of --authentication-config; `anonymous`: it has that field. null: the flag is not set, or the file cannot be read here. */
export const authenticationConfig = fact({
  name: 'authenticationConfig',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask) => readAuthenticationConfig(ask, flags, mounts),
});
