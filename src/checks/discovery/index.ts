import type { AnyCheck } from '../../model.ts';
import aggregatedDiscoveryEmpty from './aggregated-discovery-empty.ts';
import apiserviceInTransition from './apiservice-in-transition.ts';
import apiserviceUnavailable from './apiservice-unavailable.ts';
import discoveryDocumentUnusable from './discovery-document-unusable.ts';
import discoveryStale from './discovery-stale.ts';
import extensionServerAnswersDiffer from './extension-server-answers-differ.ts';
import extensionServerOverloaded from './extension-server-overloaded.ts';
import groupVersionNotServed from './group-version-not-served.ts';
import openapiStuck from './openapi-stuck.ts';
import openapiUnavailable from './openapi-unavailable.ts';

/** In the order in which a request meets what they check. */
export const discovery: readonly AnyCheck[] = [
  extensionServerOverloaded,
  groupVersionNotServed,
  discoveryDocumentUnusable,
  discoveryStale,
  aggregatedDiscoveryEmpty,
  openapiStuck,
  openapiUnavailable,
  extensionServerAnswersDiffer,
  apiserviceUnavailable,
  apiserviceInTransition,
];
