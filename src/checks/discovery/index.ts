/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './extension-server-overloaded.ts';
export { default as step020 } from './group-version-not-served.ts';
export { default as step030 } from './discovery-document-unusable.ts';
export { default as step040 } from './discovery-stale.ts';
export { default as step050 } from './aggregated-discovery-empty.ts';
export { default as step060 } from './openapi-stuck.ts';
export { default as step070 } from './openapi-unavailable.ts';
export { default as step080 } from './extension-server-answers-differ.ts';
export { default as step090 } from './apiservice-unavailable.ts';
export { default as step100 } from './apiservice-in-transition.ts';
