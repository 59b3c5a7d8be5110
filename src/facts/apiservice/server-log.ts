import { loggedRejection } from '../cluster/logged-rejection.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { logOf } from './log-of.ts';

/** What its extension server's log says of the rejection; null: nothing, or nobody had reason to ask. */
export const serverLog = fact({
  name: 'serverLog',
  of: apiservice,
  needs: { logOf, loggedRejection: maybe(loggedRejection) },
  // That none could be read is said once, of the cluster.
  read: ({ logOf, loggedRejection }) => (logOf.ok || loggedRejection.ok ? logOf : loggedRejection),
});
