/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './apiservice-flaps.ts';
export { default as step020 } from './cabundle-unusable.ts';
export { default as step030 } from './cabundle-not-injected.ts';
export { default as step040 } from './cabundle-expired.ts';
export { default as step050 } from './apiservice-deletion-stuck.ts';
export { default as step060 } from './built-in-group-shadowed.ts';
export { default as step070 } from './crd-version-shadowed.ts';
export { default as step080 } from './group-priority-wrong.ts';
export { default as step090 } from './apiservice-stale.ts';
export { default as step100 } from './apiservice-providers-differ.ts';
export { default as step110 } from './apiservice-without-service.ts';
