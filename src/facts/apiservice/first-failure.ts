import type { Failure } from '../../model.ts';
import { moment } from '../cluster/now.ts';
import { minor } from '../cluster/version.ts';
import { fact, maybe } from '../engine/declare.ts';
import { failureOf } from '../failure.ts';
import { userOptions } from '../shared/inputs.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';

/** How it fails by the first request alone; what else to ask depends on it. */
export const firstFailure = fact({
  name: 'firstFailure',
  of: apiservice,
  internal: true,
  needs: { discovery: maybe(discovery), moment, minor },
  from: ({ discovery, moment, minor }, one): Failure | null => failureOf(one, discovery, moment, minor),
});
/** Whether the user wants to know all of it. */
export const named = fact({
  name: 'named',
  of: apiservice,
  internal: true,
  needs: { userOptions, firstFailure },
  from: ({ userOptions: { targets }, firstFailure }, { name }) =>
    targets === 'unavailable' ? firstFailure !== null : targets === 'all' || (targets?.includes(name) ?? false),
});
