import { moment } from '../cluster/now.ts';
import { minor } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { disagreement } from './disagreement.ts';
import { discovery } from './discovery.ts';
import { failureOf } from './first-failure.ts';
import { repeated } from './repeated.ts';

/** Why it does not serve; null as well when the kube-apiservers disagree. */
export const failure = fact({
  name: 'failure',
  of: apiservice,
  needs: { disagreement, repeated, discovery: maybe(discovery), moment, minor },
  from: ({ disagreement, repeated, discovery, moment, minor }, one) =>
    disagreement ? null : failureOf(one, discovery, moment, minor, repeated),
});
