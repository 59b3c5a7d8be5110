import type { AnyCheck } from '../../model.ts';
import authenticationDelegatorMissing from './authentication-delegator-missing.ts';
import extensionServerWithoutAuthentication from './extension-server-without-authentication.ts';
import headersTrustedWithoutCertificate from './headers-trusted-without-certificate.ts';

/** In the order in which a request meets what they check. */
export const delegation: readonly AnyCheck[] = [
  headersTrustedWithoutCertificate,
  extensionServerWithoutAuthentication,
  authenticationDelegatorMissing,
];
