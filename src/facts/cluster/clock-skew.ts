import { fact, maybe } from '../engine/declare.ts';
import { clock } from './clock.ts';
import { connection } from './connection.ts';
import { readVersion } from './version.ts';

/** Server's clock minus ours, in milliseconds. */
export const clockSkew = fact({ name: 'clockSkew', needs: { connection }, read: async (_, ask) => (await readVersion(ask)).clockSkew });
/** Milliseconds since 1970 by the server's clock. */
export const serverClock = fact({
  name: 'serverClock',
  internal: true,
  needs: { clock: maybe(clock), clockSkew: maybe(clockSkew) },
  from: ({ clock, clockSkew }) => (clock.ok ? clock.value.getTime() : 0) + (clockSkew.ok ? clockSkew.value : 0),
});
