/** What a product is that others made and that serves an aggregated API. Plain, immutable data: no code belongs to one product. */

/** A Deployment in the namespace of the Service: by name, or by its labels where its name differs between installations. */
export type Workload = { readonly name: string } | { readonly selector: string };

export interface Product {
  readonly name: string;
  readonly marks: Marks;
  /** The pods' TLS port by default. */
  readonly port: number;
  readonly certificate: {
    /** Who issues it and sets `spec.caBundle`: `product`: its operator or the server itself; the others at each install and upgrade, `chart` only as a Helm release. */
    readonly by: 'product' | 'chart' | 'installer';
    /** The Secret that holds it, in the namespace of the Service; null: its name differs between installations, or there is none. */
    readonly secret: string | null;
    /** Completes `NAME manages it: …` before a colon: how it is issued and renewed, and what to do. */
    readonly renewal: string;
    /** How long before its end it is renewed, milliseconds, where that is later than the default warning. */
    readonly renewedBefore?: number;
  };
  /** What issues the certificate first, then what serves it; [] where they may run in another cluster. */
  readonly restart: readonly Workload[];
  /** The server copies ConfigMap extension-apiserver-authentication once, when it starts. */
  readonly readsTrustAtStart?: true;
  /** By group: the key of its configuration without which it does not serve that group. */
  readonly configuredGroups?: Readonly<Record<string, string>>;
}

/** A group that nobody else serves is enough; of the others two must agree. */
export type Marks =
  | { readonly ownGroups: readonly string[] }
  | {
      readonly sharedGroups: readonly string[];
      readonly service: RegExp;
      /** Repositories of container images, without registry and tag. */
      readonly images: readonly string[];
      /** `KEY=VALUE`, of its APIServices or pods. */
      readonly labels: readonly string[];
      /** Field managers of its programs. */
      readonly managers?: readonly string[];
    };
