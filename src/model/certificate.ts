/** X.509 certificates, and Go's verdict on a chain of them. Plain, immutable data. */

/** One X.509 certificate. `rawSubject` and `rawIssuer` are the DER names in hex: Go compares those, never the text. */
export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly rawSubject: string;
  readonly rawIssuer: string;
  readonly serial: { readonly decimal: string; readonly hex: string };
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly key: string;
  readonly signatureAlgorithm: string;
  /** The version as people count it: basicConstraints, keyUsage and the like exist from 3 on. */
  readonly version: number;
  /** null: the extension is absent; `pathLength` null: no limit. */
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  /** RFC 5280 names such as `keyCertSign`. null: the extension is absent. */
  readonly keyUsage: readonly string[] | null;
  /** RFC 5280 names such as `clientAuth`, dotted OIDs of the unknown ones. null: the extension is absent. */
  readonly extendedKeyUsage: readonly string[] | null;
  /** Subject and authority key identifier in hex; null: absent. */
  readonly subjectKeyId: string | null;
  readonly authorityKeyId: string | null;
  readonly nameConstraints: boolean;
  /** OIDs of critical extensions that Go does not know: it refuses such a certificate. */
  readonly unhandledCritical: readonly string[];
  readonly names: readonly string[];
  readonly fingerprint: string;
  /** SHA-256 of the SubjectPublicKeyInfo, hex. */
  readonly publicKeySha256: string;
  readonly pem: string;
  /** Of a bundle's file: the line of its BEGIN, from 1. */
  readonly line: number;
}

/** Go's verdict on a chain: null when it verifies, else its kind and the text that a Go program logs. */
export interface ChainFault {
  readonly kind:
    | 'expired'
    | 'not-yet-valid'
    | 'hostname'
    | 'unknown-authority'
    | 'incompatible-usage'
    | 'not-authorized-to-sign'
    | 'constraint'
    | 'other';
  readonly text: string;
  /** Whether a certificate above the leaf is what fails. */
  readonly above: boolean;
}
