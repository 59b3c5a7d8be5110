import type { AnyCheck } from '../../model.ts';
import cabundleCannotSign from './cabundle-cannot-sign.ts';
import cabundleNotSigner from './cabundle-not-signer.ts';
import extensionServerNotHttps from './extension-server-not-https.ts';
import extensionServerRejectsClientCa from './extension-server-rejects-client-ca.ts';
import extensionServerWithoutCommonCipher from './extension-server-without-common-cipher.ts';
import extensionServerWithoutTls12 from './extension-server-without-tls-1-2.ts';
import insecureSkipHidesFaults from './insecure-skip-hides-faults.ts';
import servingCertificateExpired from './serving-certificate-expired.ts';
import servingCertificateExpiresSoon from './serving-certificate-expires-soon.ts';
import servingCertificateNamesExcludeService from './serving-certificate-names-exclude-service.ts';
import servingCertificateNotYetValid from './serving-certificate-not-yet-valid.ts';
import servingCertificateSignatureInsecure from './serving-certificate-signature-insecure.ts';
import servingCertificateWithoutServerauth from './serving-certificate-without-serverauth.ts';

/** In the order in which a request meets what they check. */
export const tls: readonly AnyCheck[] = [
  extensionServerNotHttps,
  extensionServerWithoutTls12,
  extensionServerWithoutCommonCipher,
  extensionServerRejectsClientCa,
  servingCertificateExpired,
  servingCertificateNotYetValid,
  servingCertificateNamesExcludeService,
  servingCertificateSignatureInsecure,
  cabundleCannotSign,
  cabundleNotSigner,
  servingCertificateWithoutServerauth,
  servingCertificateExpiresSoon,
  insecureSkipHidesFaults,
];
