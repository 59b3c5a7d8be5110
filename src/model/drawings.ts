/** What drawings show and a report does not tell otherwise. */
import type { CheckedApiService } from './report.ts';

export interface Drawings {
  /** The moment that counts as today; ISO 8601 in UTC. */
  readonly now: string;
  /** Whether no trusted CA signed the certificate that the map of trust shows. */
  readonly presentsForeign: boolean;
  /** Every certificate of the aggregation layer that can be seen. */
  readonly certificates: readonly Lifetime[];
  /** Which certificates cannot be seen, and why. */
  readonly unseen: readonly string[];
  /** Every APIService with a Service, and the path of a request through it; those that were chosen, where some were. */
  readonly apiservices: readonly CheckedApiService[];
}
/** `fail` and `warn`: it expires within the spans of `--fail-within` and `--warn-within`, or soon by default. */
export type CertificateState = 'expired' | 'not-yet-valid' | 'fail' | 'warn' | 'valid';
/** How long a certificate is valid; times in ISO 8601 in UTC. */
export interface Lifetime {
  /** Its role, and of an extension server whose. */
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  readonly places: readonly string[];
  readonly trustedBy: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** From when on its end is a warning, and an error; null: never before its end. */
  readonly warnsFrom: string;
  readonly failsFrom: string | null;
  readonly state: CertificateState;
  /** Why nobody looks at its dates; null: they count. */
  readonly ignored: string | null;
}
