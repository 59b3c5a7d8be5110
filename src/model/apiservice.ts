/** What is known of one APIService that a Service serves. Plain, immutable data. */
import type { Backend, BackendEndpoints, BackendEvent, BackendPod, BackendWorkload, LastWords, Route } from './backend.ts';
import type { Certificate } from './certificate.ts';
import type { LoggedRejection } from './cluster.ts';
import type { Place } from './seam.ts';

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
  /** Since when it is being deleted; null: it is not. */
  readonly deleting: Date | null;
  readonly finalizers: readonly string[];
  readonly caBundle: { readonly certificates: readonly Certificate[]; readonly fault?: string } | null;
  readonly createdAt: Date;
  readonly available: { readonly status: string; readonly reason: string; readonly message: string; readonly since: Date } | null;
}

/** What a GET of /apis/GROUP/VERSION through kube-apiserver gave. */
export interface Discovery {
  readonly status: number;
  readonly text: string;
  readonly ok: boolean;
}

/** Why an APIService does not serve, recognised from the text that Kubernetes gives. */
export interface Failure {
  /** The condition and the request disagree, and the condition may still catch up: no fault yet. */
  readonly inTransition: boolean;
  /** Where the text was read. */
  readonly at: Place;
  /** Name of the row in facts/signatures.ts. */
  readonly signature: string;
  /** The text itself, without the URL prefixes around it. */
  readonly text: string;
  /** At most two words for the map of trust: `401`, `refused`, `timeout`. */
  readonly short: string;
  /** In the words of a person. */
  readonly meaning: string;
  readonly explainedBy: readonly string[];
  readonly next: string;
}

/** kube-apiservers get different answers for one APIService. */
export interface Division {
  /** Nodes (or addresses) through which it answers at least now and then. */
  readonly serving: readonly string[];
  /** Nodes (or addresses) through which it never does, and what users get there. */
  readonly failing: readonly { readonly name: string; readonly text: string; readonly meaning: string }[];
  readonly explainedBy: readonly string[];
}

export interface ApiserviceFacts {
  readonly apiService: ApiService;
  readonly discovery: Discovery;
  readonly failure: Failure | null;
  /** What its extension server's log says of the rejection; null: nothing, or nobody had reason to ask. */
  readonly ownLog: LoggedRejection | null;
  /** null: the kube-apiservers agree, or there is one, or they could not be asked one by one. `failure` is null when they do not. */
  readonly division: Division | null;
  /** Service and namespace. null, as of what follows: it serves, and nobody asked for it by name, so there was no reason to look. */
  readonly backend: Backend | null;
  readonly backendEndpoints: BackendEndpoints | null;
  /** Those that the Service selects. */
  readonly backendPods: readonly BackendPod[] | null;
  /** Those of the Service's namespace; null, too, while there are pods. */
  readonly backendWorkloads: readonly BackendWorkload[] | null;
  /** The newest first; null, as what follows, too, while a pod is ready. */
  readonly backendEvents: readonly BackendEvent[] | null;
  readonly lastWords: readonly LastWords[] | null;
  /** null: nothing tells. */
  readonly route: Route | null;
}
