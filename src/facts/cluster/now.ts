import type { Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { clock } from './clock.ts';
import { clockSkew } from './clock-skew.ts';

/** Milliseconds by which clocks may differ: the server's is known to a second, and an answer takes its time. */
const tolerance = 60_000;
/** The moment to judge by: the clock, the server's where ours is known to be wrong, or what the user chose. */
export const now = fact({
  name: 'now',
  needs: { userOptions, clock: maybe(clock), clockSkew: maybe(clockSkew) },
  read: ({ userOptions, clock, clockSkew }): Observed<Date> => {
    if (userOptions.at) return { ok: true, value: userOptions.at };
    const isWrong = clock.ok && clockSkew.ok && Math.abs(clockSkew.value) > tolerance;
    return isWrong ? { ok: true, value: new Date(clock.value.getTime() + clockSkew.value) } : clock;
  },
});
/** For facts that are judged even without a clock. */
export const moment = fact({
  name: 'moment',
  internal: true,
  needs: { now: maybe(now) },
  from: ({ now }) => (now.ok ? now.value : new Date(0)),
});
