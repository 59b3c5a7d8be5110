import type { AnyCheck } from '../../model.ts';
import autoscalersWithoutMetrics from './autoscalers-without-metrics.ts';
import namespacesStuck from './namespaces-stuck.ts';
import userGroupsMissing from './user-groups-missing.ts';
import userIdentityWrong from './user-identity-wrong.ts';
import userRequestFails from './user-request-fails.ts';

/** In the order in which a request meets what they check. */
export const users: readonly AnyCheck[] = [
  userGroupsMissing,
  userIdentityWrong,
  userRequestFails,
  namespacesStuck,
  autoscalersWithoutMetrics,
];
