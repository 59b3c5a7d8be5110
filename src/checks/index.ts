/** All checks, in the order in which a request meets what they check: of two problems with the same severity the earlier one is reported first. */
import type { AnyCheck } from '../model.ts';
import { apiAccess } from './api-access/index.ts';
import { authConfigmap } from './auth-configmap/index.ts';
import { delegation } from './delegation/index.ts';
import { discovery } from './discovery/index.ts';
import { frontProxy } from './front-proxy/index.ts';
import { network } from './network/index.ts';
import { registration } from './registration/index.ts';
import { serviceAndPods } from './service-and-pods/index.ts';
import { startup } from './startup/index.ts';
import { tls } from './tls/index.ts';
import { upgrade } from './upgrade/index.ts';
import { users } from './users/index.ts';

export const checks: readonly AnyCheck[] = [
  ...apiAccess,
  ...startup,
  ...frontProxy,
  ...authConfigmap,
  ...registration,
  ...serviceAndPods,
  ...network,
  ...tls,
  ...delegation,
  ...discovery,
  ...users,
  ...upgrade,
];
