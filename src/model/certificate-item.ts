/** A certificate as reports and `aggctl certs` list it. */
import type { CertificateState } from './expiry.ts';

/** A certificate of the aggregation layer that can be seen, in its role. Times in ISO 8601. */
export interface CertificateItem {
  readonly role: string;
  /** The role in words, and of an extension server whose. */
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: { readonly decimal: string; readonly hex: string };
  readonly key: string;
  readonly signatureAlgorithm: string;
  readonly fingerprint: string;
  readonly notBefore: string;
  readonly expires: string;
  /** Milliseconds; negative once it has expired. */
  readonly residual: number;
  readonly state: CertificateState;
  /** From when on its end is a warning, and an error; null: not before its end. */
  readonly warnsFrom: string;
  readonly failsFrom: string | null;
  /** Why nothing depends on its dates; null: something does. */
  readonly ignored: string | null;
  readonly places: readonly string[];
  /** The nodes on which a file holds it. */
  readonly nodes: readonly string[];
  readonly trustedBy: string;
}
