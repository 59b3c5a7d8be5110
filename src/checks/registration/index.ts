import type { AnyCheck } from '../../model.ts';
import apiserviceDeletionStuck from './apiservice-deletion-stuck.ts';
import apiserviceFlaps from './apiservice-flaps.ts';
import apiserviceProvidersDiffer from './apiservice-providers-differ.ts';
import apiserviceStale from './apiservice-stale.ts';
import apiserviceWithoutService from './apiservice-without-service.ts';
import builtInGroupShadowed from './built-in-group-shadowed.ts';
import cabundleExpired from './cabundle-expired.ts';
import cabundleNotInjected from './cabundle-not-injected.ts';
import cabundleUnusable from './cabundle-unusable.ts';
import crdVersionShadowed from './crd-version-shadowed.ts';
import groupPriorityWrong from './group-priority-wrong.ts';

/** In the order in which a request meets what they check. */
export const registration: readonly AnyCheck[] = [
  apiserviceFlaps,
  cabundleUnusable,
  cabundleNotInjected,
  cabundleExpired,
  apiserviceDeletionStuck,
  builtInGroupShadowed,
  crdVersionShadowed,
  groupPriorityWrong,
  apiserviceStale,
  apiserviceProvidersDiffer,
  apiserviceWithoutService,
];
