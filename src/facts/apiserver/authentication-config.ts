import type { Ask, Flags, Observed, Place } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import type { VolumeMount } from '../shared/read-manifest.ts';
import { apiserver } from './apiserver.ts';
import { configuration, objectIn } from './configuration-file.ts';
import { flags } from './flags.ts';
import { startedBy } from './node-files.ts';

/** Of --authentication-config; `anonymous`: it has that field. null: the flag is not set, or the file cannot be read here. */
export const authenticationConfig = fact({
  name: 'authenticationConfig',
  of: apiserver,
  needs: { flags, startedBy },
  read: ({ flags, startedBy: { mounts } }, ask) => readAuthenticationConfig(ask, flags, mounts),
});

/** `anonymous`: it has that field. */
interface AuthenticationConfig {
  readonly at: Place;
  readonly anonymous: boolean;
}
async function readAuthenticationConfig(
  ask: Ask,
  flags: Flags,
  mounts: readonly VolumeMount[],
): Promise<Observed<AuthenticationConfig | null>> {
  const file = await configuration(ask, flags, 'authentication-config', mounts);
  if (!file.ok) return file;
  const object = file.value?.text === undefined ? null : objectIn(file.value.text);
  return { ok: true, value: file.value && object ? { at: file.value.at, anonymous: 'anonymous' in object } : null };
}
