/** How long certificates are valid, as a timeline draws it. */

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
