/** What extension servers trust, and what they say of a certificate that they reject. Plain, immutable data. */
import type { Certificate } from './certificate.ts';
import type { RejectionKind } from './signature.ts';

/** ConfigMap kube-system/extension-apiserver-authentication: what every extension server trusts. null: the key is absent. */
export interface AuthenticationConfigMap {
  readonly requestheaderCa: readonly Certificate[] | null;
  readonly clientCa: readonly Certificate[] | null;
  readonly allowedNames: readonly string[] | null;
  readonly usernameHeaders: readonly string[] | null;
  readonly groupHeaders: readonly string[] | null;
  readonly extraHeadersPrefix: readonly string[] | null;
  /** Keys whose value does not parse, with the reason. */
  readonly malformed: readonly { readonly key: string; readonly reason: string }[];
  /** Who wrote each key last, by the name of its field manager. */
  readonly writers: Readonly<Record<string, { readonly manager: string; readonly at: Date }>>;
}

/** An entry of the ConfigMap that no kube-apiserver here makes, and who wrote its key last (null: nothing tells). */
export interface UnclaimedEntry {
  readonly key: string;
  /** A name, a header, or the subject of a CA. */
  readonly entry: string;
  readonly writer: { readonly manager: string; readonly at: Date } | null;
}

/** What an extension server logged when it rejected a client certificate. */
export interface LoggedRejection {
  readonly kind: RejectionKind;
  /** The kind of its text alone, before it is compared with the ConfigMap. */
  readonly says: RejectionKind;
  /** The verifier's words. */
  readonly text: string;
  /** `NAMESPACE/NAME` of the pod, and when it wrote the line (null: the line does not tell). */
  readonly pod: string;
  readonly time: Date | null;
  /** Of the certificate that was rejected. */
  readonly serial: Certificate['serial'] | null;
  readonly authorityKeyId: string | null;
  /** What stands behind `is after` or `is before`. */
  readonly date: Date | null;
  readonly commonName: string | null;
  /** `NAMESPACE/NAME` of the ServiceAccount that may not watch the ConfigMap. */
  readonly account: string | null;
}
