/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './extension-server-trust-differs.ts';
export { default as step020 } from './headers-trusted-without-certificate.ts';
export { default as step030 } from './extension-server-without-authentication.ts';
export { default as step040 } from './extension-server-ca-not-from-configmap.ts';
export { default as step050 } from './authentication-delegator-missing.ts';
