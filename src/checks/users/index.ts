/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './user-name-empty.ts';
export { default as step020 } from './user-groups-missing.ts';
export { default as step030 } from './user-identity-wrong.ts';
export { default as step032 } from './autoscaler-not-authorized.ts';
export { default as step034 } from './metrics-provider-fails.ts';
export { default as step036 } from './nodes-not-scraped.ts';
export { default as step038 } from './metric-not-provided.ts';
export { default as step039 } from './metrics-api-not-registered.ts';
export { default as step040 } from './user-request-fails.ts';
export { default as step050 } from './namespaces-stuck.ts';
export { default as step060 } from './autoscalers-without-metrics.ts';
export { default as step070 } from './autoscaler-pods-without-metrics.ts';
