import type { Observed } from '../../model.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';

/** Whether what was broken before is looked for, and there are APIServices to look for it. */
export const pastWanted = fact({
  name: 'pastWanted',
  internal: true,
  needs: { userOptions, remote: maybe(remoteApiServices) },
  from: ({ userOptions, remote }) => (userOptions.history ?? false) && remote.ok,
});

/** Nobody needs the past for a verdict: what cannot be seen of it is said, and is not incomplete. */
export const seen = <T>(observed: Observed<T>, what: string): Observed<T> =>
  observed.ok ? observed : { ok: false, why: 'excluded', message: `${what}: ${observed.message}` };
