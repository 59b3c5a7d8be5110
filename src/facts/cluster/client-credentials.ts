import type { Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { version } from './version.ts';

/** aggctl's own credentials; `expired`: the sentence that says so, null while kube-apiserver accepts them. */
export const clientCredentials = fact({
  name: 'clientCredentials',
  needs: { version: maybe(version) },
  read: ({ version }) => credentialsIn(version),
});

/** What an answer says of one's own credentials. */
const credentialsIn = (observed: Observed<unknown>): Observed<{ expired: string | null }> => {
  if (observed.ok) return { ok: true, value: { expired: null } };
  return observed.expired === 'client' ? { ok: true, value: { expired: observed.message } } : observed;
};
