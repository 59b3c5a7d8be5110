/** What is known of one APIService that a Service serves. Plain, immutable data. */
import type { Certificate } from './certificate.ts';
import type { FailureKind, FailureSignature } from './signature.ts';
import type { Place } from './source.ts';

/** An APIService that a Service serves, and its condition Available (null: none was ever written). */
export interface ApiService {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly service: { readonly namespace: string; readonly name: string; readonly port: number };
  readonly insecureSkipTLSVerify: boolean;
  readonly groupPriorityMinimum: number;
  readonly versionPriority: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Who set the name of its Service, its annotation of a Helm release, and its caBundle; [] when nothing tells. */
  readonly managers: Readonly<Record<'service' | 'release' | 'caBundle', readonly FieldManager[]>>;
  /** Since when it is being deleted; null: it is not. */
  readonly deleting: Date | null;
  readonly finalizers: readonly string[];
  /** `KIND/NAME` of each object that it is deleted with. */
  readonly owners: readonly string[];
  readonly caBundle: { readonly certificates: readonly Certificate[]; readonly fault?: string } | null;
  readonly createdAt: Date;
  readonly available: { readonly status: string; readonly reason: string; readonly message: string; readonly since: Date } | null;
}

/** A field manager of an object, and when it wrote last, be it this field or another. */
export interface FieldManager {
  readonly name: string;
  readonly at: Date;
}

/** What a GET of /apis/GROUP/VERSION through kube-apiserver gave. */
export interface Discovery {
  readonly status: number;
  readonly text: string;
  readonly ok: boolean;
  /** How long the answer took, milliseconds. */
  readonly ms?: number;
  /** What a good answer holds; null: there was none. */
  readonly document: DiscoveryDocument | null;
}
/** What clients read of a group version; `fault`: it is nothing that they can read, and what it is instead. */
export type DiscoveryDocument = { readonly resources: readonly ApiResource[] } | { readonly fault: string };
interface ApiResource {
  /** `PLURAL`, or `PLURAL/SUBRESOURCE`. */
  readonly name: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** What the asking user gets for a group version's OpenAPI v3 document, at `path`; `late`: no answer in time, and `list late`: not even to /openapi/v3. */
export type OpenAPIDocument =
  | { readonly path: string; readonly is: 'not listed' }
  | { readonly path: string; readonly is: 'late'; readonly text: string }
  | { readonly path: string; readonly is: 'list late'; readonly text: string }
  | { readonly path: string; readonly is: 'served' | 'refused'; readonly status: number; readonly text: string; readonly ms: number };

/** What the asking user gets for one object that does not exist. */
export interface UserRequest {
  readonly path: string;
  readonly resource: string;
  /** null: no answer came in time. */
  readonly status: number | null;
  readonly text: string;
  /** The server fails: no answer, or an error that is not about what was requested. */
  readonly fails: boolean;
  /** Of a 403: whether kube-apiserver itself would let the user; null: not asked, or it does not tell. */
  readonly allowed: boolean | null;
}

/** A CustomResourceDefinition of the APIService's group. */
export interface CustomResource {
  readonly name: string;
  readonly servedVersions: readonly string[];
}

/** Why an APIService does not serve, recognised from the text that Kubernetes gives. */
export interface Failure extends Omit<FailureSignature, 'kind' | 'matches'> {
  /** The condition and what aggctl itself gets disagree, and the condition may still catch up: no fault yet. */
  readonly inTransition: boolean;
  /** kube-apiserver's own probe does not meet it: the condition stays True. */
  readonly unseen: boolean;
  /** The condition is False, and every address behind the Service completes the connection that failed when it was written. */
  readonly mended: boolean;
  /** Where the text was read. */
  readonly at: Place;
  readonly signature: FailureKind;
  /** The text itself, without the URL prefixes around it. */
  readonly text: string;
  /** `host:port` that kube-apiserver dials; null: no message names it. */
  readonly address: string | null;
  /** The text shows a connection to that very address, so that no proxy is between. */
  readonly isDirect: boolean;
  /** The text is konnectivity's own: its agents open the connection. */
  readonly isOfAgents: boolean;
}

/** kube-apiservers get different answers for one APIService. */
export interface Disagreement {
  /** Nodes (or addresses) through which it answers at least now and then. */
  readonly serving: readonly string[];
  /** Nodes (or addresses) through which it never does, and what users get there. */
  readonly failing: readonly { readonly name: string; readonly signature: FailureKind; readonly text: string; readonly meaning: string }[];
}

/** Requests, or connections with the ready addresses behind the Service, that end differently. */
export interface Differing {
  /** Answers of kube-apiserver to the same request: those that are failures, and how many there were. */
  readonly failed: readonly Discovery[];
  readonly requests: number;
  /** Addresses that kube-apiserver cannot use, as connections from a control-plane node show; and those that it can. */
  readonly broken: readonly { readonly address: string; readonly pod: string | null; readonly text: string }[];
  readonly sound: readonly string[];
}

/** What RBAC lets an extension server's ServiceAccount do; other authorizers may let it do more. */
export interface Delegation {
  /** `NAMESPACE/NAME`. */
  readonly account: string;
  /** Of get, list and watch on ConfigMap kube-system/extension-apiserver-authentication. */
  readonly configMapVerbsMissing: readonly string[];
  /** Of tokenreviews and subjectaccessreviews: those that it may not create. */
  readonly reviewsMissing: readonly string[];
  /** Bindings of the reader's Role that stand in the server's own namespace, where they grant nothing. */
  readonly misplaced: readonly string[];
  /** Bindings of the reader's Role to ServiceAccounts in kube-system. */
  readonly readers: readonly { readonly binding: string; readonly accounts: readonly string[] }[];
}
