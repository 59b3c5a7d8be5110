/** What is known of the cluster as a whole. Plain, immutable data. */

import type { CertificateFile } from './apiserver.ts';
import type { Certificate, ChainFault } from './certificate.ts';
import type { Owner } from './owner.ts';
import type { FailureKind } from './signature.ts';
import type { Observed, Place } from './source.ts';

/** What all extension servers that can be reached do alike. */
export interface CommonFailure {
  readonly signature: FailureKind;
  readonly text: string;
  readonly at: Place;
  readonly apiServices: readonly string[];
  readonly services: readonly { readonly namespace: string; readonly name: string }[];
  /** How many extension servers there are. */
  readonly total: number;
}

/** What changes with a minor version, by the rules in src/facts/cluster/upgrade.ts. */
export type VersionChange =
  | 'sha1-refused'
  | 'sha1-override-gone'
  | 'cloud-flags-gone'
  | 'uid-sent'
  | 'shared-ca-refused'
  | 'serving-certificate-probed';

/** An upgrade that is judged before it is made; minor versions of Kubernetes 1. */
export interface Upgrade {
  readonly from: number;
  readonly to: number;
  /** The user named the version; else it is the next of which a rule is known. */
  readonly asked: boolean;
  /** The newest version that aggctl has rules for. */
  readonly newestKnown: number;
  /** What changes on the way. */
  readonly rules: readonly {
    readonly minor: number;
    readonly change: string;
    readonly kind: VersionChange;
    /** Of a change that no check judges: what to look at. */
    readonly look?: string;
    /** Flags of kube-apiserver that are gone from this version on. */
    readonly gone?: readonly string[];
  }[];
}

/** What kubeadm makes kube-apiserver's manifest of. */
export interface KubeadmConfig {
  readonly extraArgs: readonly { readonly name: string; readonly value: string }[];
  /** The flags that it writes by itself; null: with a value that depends on the cluster. */
  readonly written: Readonly<Record<string, string | null>>;
}

/** A kube-apiserver at its own address, one of Service default/kubernetes. */
export interface Endpoint {
  /** `host:port`. */
  readonly address: string;
  /** The node whose manifest or mirror pod advertises it. */
  readonly node: string | null;
  /** As in `v1.37.2`; unavailable, with the reason, when it does not answer. */
  readonly version: Observed<string>;
}

/** The certificate that one kube-apiserver presents, and the CA bundle of another that does not vouch for it. */
export interface UntrustedPeer {
  readonly presents: { readonly node: string; readonly leaf: Certificate };
  readonly trusts: { readonly node: string; readonly file: CertificateFile };
  readonly fault: ChainFault;
}

/** A CA of users' certificates that signs for the front proxy, too, while any name is allowed; `minor` is the version (1.x) that runs so, null: not known. */
export type SharedCa = { readonly minor: number | null } & (
  | { readonly by: 'flags'; readonly path: string; readonly at: Place }
  | {
      readonly by: 'ConfigMap';
      /** The requestheader CA, and the client CA that is the same certificate, or another one of its name and key. */
      readonly ca: Certificate;
      readonly other: Certificate;
      readonly is: 'certificate' | 'key';
    }
);

/** A binding of a role to ServiceAccounts, each `NAMESPACE/NAME`. */
export interface BoundAccounts {
  /** `KIND NAME`. */
  readonly binding: string;
  readonly accounts: readonly string[];
}

/** A namespace that waits for the discovery of every API before it can be deleted; `text` names the group versions that fail. */
export interface StuckNamespace {
  readonly name: string;
  readonly since: Date;
  readonly text: string;
}
/** A ClusterRoleBinding one of whose subjects is the user by whose name the front proxy goes. */
export interface FrontProxyGrant {
  readonly name: string;
  /** The ClusterRole. */
  readonly role: string;
  readonly user: string;
  /** There is no other subject. */
  readonly alone: boolean;
  /** Of the binding. */
  readonly owner: Owner | null;
}
/** An APIService of any kind, as kube-apiserver lists it. */
export interface ListedApiService {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  /** `NAMESPACE/NAME`; null: local, so kube-apiserver serves it itself. */
  readonly service: string | null;
  /** kube-apiserver made it: `true` for a CustomResourceDefinition, `onstart` for what is built in. */
  readonly automanaged: string | null;
  readonly groupPriorityMinimum: number;
  /** Of a local one that kube-apiserver did not make: whether anything serves it; null: not asked, or not told. */
  readonly served: boolean | null;
}

/** What kube-apiserver publishes of one group version in aggregated discovery, which kubectl reads since 1.27. */
export interface PublishedVersion {
  readonly group: string;
  readonly version: string;
  /** kube-apiserver's last look at the extension server's own discovery failed. */
  readonly stale: boolean;
  readonly resources: readonly string[];
}

/** The names of the OpenAPI v3 documents that kube-apiserver lists, as in `apis/GROUP/VERSION`; `late`: it gave no answer in time. */
export type OpenAPIList = { readonly paths: readonly string[] } | { readonly late: string };
