/** All checks, in the order in which a request meets what they check: of two problems with the same severity the earlier one is reported first. */
import type { AnyCheck } from '../model.ts';
import * as apiAccess from './api-access/index.ts';
import * as authConfigmap from './auth-configmap/index.ts';
import * as delegation from './delegation/index.ts';
import * as discovery from './discovery/index.ts';
import * as frontProxy from './front-proxy/index.ts';
import * as network from './network/index.ts';
import * as registration from './registration/index.ts';
import * as serviceAndPods from './service-and-pods/index.ts';
import * as startup from './startup/index.ts';
import * as tls from './tls/index.ts';
import * as upgrade from './upgrade/index.ts';
import * as users from './users/index.ts';

export const checks: readonly AnyCheck[] = [
  apiAccess,
  startup,
  frontProxy,
  authConfigmap,
  registration,
  serviceAndPods,
  network,
  tls,
  delegation,
  discovery,
  users,
  upgrade,
].flatMap((folder) => Object.values(folder));
