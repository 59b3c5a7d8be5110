import type { Flags } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { runningFlags } from './running-flags.ts';

/** Of a manifest elsewhere (`--manifest`): what it would replace, null when that is not visible. null: it is the one in place. */
export const proposedManifest = fact({
  name: 'proposedManifest',
  of: apiserver,
  needs: { running: maybe(runningFlags) },
  from: ({ running }, { local }): { readonly replaces: Flags | null } | null =>
    local?.replaces === undefined ? null : { replaces: local.replaces ?? (running.ok ? running.value : null) },
});
