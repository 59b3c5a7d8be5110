/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './extension-server-not-https.ts';
export { default as step020 } from './extension-server-without-tls-1-2.ts';
export { default as step030 } from './extension-server-without-common-cipher.ts';
export { default as step040 } from './extension-server-rejects-client-ca.ts';
export { default as step050 } from './serving-certificate-expired.ts';
export { default as step060 } from './serving-certificate-not-yet-valid.ts';
export { default as step070 } from './serving-certificate-names-exclude-service.ts';
export { default as step080 } from './serving-certificate-signature-insecure.ts';
export { default as step090 } from './cabundle-cannot-sign.ts';
export { default as step100 } from './cabundle-not-signer.ts';
export { default as step110 } from './serving-certificate-without-serverauth.ts';
export { default as step120 } from './serving-certificate-expires-soon.ts';
export { default as step130 } from './insecure-skip-hides-faults.ts';
