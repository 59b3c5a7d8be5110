import { moment } from '../cluster/now.ts';
import { minor } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { differing } from './differing.ts';
import { disagreement } from './disagreement.ts';
import { discovery } from './discovery.ts';
import { failureOf } from './first-failure.ts';
import { pathDials, reachedBy } from './path-dials.ts';
import { repeated } from './repeated.ts';

/** Why it does not serve; null as well when the kube-apiservers, or the servers behind it, disagree. */
export const failure = fact({
  name: 'failure',
  of: apiservice,
  needs: { disagreement, differing: maybe(differing), repeated, pathDials, discovery: maybe(discovery), moment, minor },
  from: ({ disagreement, differing, repeated, pathDials, discovery, moment, minor }, one) =>
    disagreement || (differing.ok && differing.value)
      ? null
      : failureOf(one, discovery, moment, minor, { repeated, reached: reachedBy(pathDials) }),
});
