/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './manifest-not-alone.ts';
export { default as step020 } from './kube-apiserver-endpoint-down.ts';
export { default as step030 } from './kube-apiserver-versions-differ.ts';
export { default as step040 } from './manifest-not-applied.ts';
export { default as step050 } from './flag-syntax-wrong.ts';
export { default as step060 } from './flag-unknown.ts';
export { default as step070 } from './repeated-flag-differs.ts';
export { default as step080 } from './file-path-wrong.ts';
export { default as step090 } from './requestheader-value-empty.ts';
export { default as step100 } from './uid-headers-not-accepted.ts';
export { default as step110 } from './anonymous-auth-not-accepted.ts';
export { default as step120 } from './egress-selector-unusable.ts';
export { default as step130 } from './egress-socket-absent.ts';
export { default as step140 } from './apiregistration-not-enabled.ts';
export { default as step150 } from './no-proxy-without-services.ts';
export { default as step160 } from './client-ca-missing.ts';
