import type { AnyCheck } from '../../model.ts';
import clientCredentialsExpired from './client-credentials-expired.ts';
import serverCertificateExpired from './server-certificate-expired.ts';

/** In the order in which a request meets what they check. */
export const apiAccess: readonly AnyCheck[] = [clientCredentialsExpired, serverCertificateExpired];
