/** When a certificate is due for renewal: one definition for all commands. Pure. */
import type { ApiService } from './apiservice.ts';
import type { Certificate } from './certificate.ts';
import type { UserOptions } from './user-options.ts';

const day = 24 * 3_600_000;

/** `fail` and `warn`: it expires within that span. null: it does not expire soon. */
export type Expiry = 'expired' | 'fail' | 'warn' | null;

/**
 * The default is 30 days or a fifth of the lifetime, whichever is shorter; for whom renews on the last day, that day. `late` says that
 * somebody does.
 */
export function expiryOf(
  { notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>,
  now: Date,
  { warnWithin, failWithin }: Pick<UserOptions, 'warnWithin' | 'failWithin'>,
  late = false,
): Expiry {
  const left = notAfter.getTime() - now.getTime();
  if (left < 0) return 'expired';
  if (failWithin !== undefined && left < failWithin) return 'fail';
  const lifetime = notAfter.getTime() - notBefore.getTime();
  return left < (warnWithin ?? (late ? day : Math.min(30 * day, lifetime / 5))) ? 'warn' : null;
}

/**
 * The Operator Lifecycle Manager issues the certificate of its APIServices and their CA for two years and renews them on their last day
 * (operator-framework/operator-lifecycle-manager, pkg/controller/install/certresources.go, DefaultCertMinFresh).
 */
export const renewedLate = ({ labels }: Pick<ApiService, 'labels'>): boolean => 'olm.owner' in labels;
