import type { Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { userOptions } from '../shared/inputs.ts';
import { clock } from './clock.ts';

/** The moment to judge by: the clock, or what the user chose. */
export const now = fact({
  name: 'now',
  needs: { userOptions, clock: maybe(clock) },
  read: ({ userOptions, clock }): Observed<Date> => (userOptions.at ? { ok: true, value: userOptions.at } : clock),
});
/** For facts that are judged even without a clock. */
export const moment = fact({
  name: 'moment',
  internal: true,
  needs: { now: maybe(now) },
  from: ({ now }) => (now.ok ? now.value : new Date(0)),
});
