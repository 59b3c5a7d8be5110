/** In the order in which a request meets what they check: the exports of a module are listed by name. */
export { default as step010 } from './client-credentials-expired.ts';
export { default as step020 } from './server-certificate-expired.ts';
export { default as step030 } from './client-clock-wrong.ts';
