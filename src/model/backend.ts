/** What stands behind an APIService: its Service, EndpointSlices and pods, as the API shows them. Plain, immutable data. */
import type { ExitMessageSignature } from './signature.ts';

export interface Backend {
  /** Of the Service; `unknown`: aggctl may not read it. */
  readonly namespace: 'active' | 'terminating' | 'absent' | 'unknown';
  /** null: it does not exist. */
  readonly service: BackendService | null;
  /** Where it does not: the other Services of that namespace, and those of its name in others; null: it does, or they cannot be read. */
  readonly others: readonly OtherService[] | null;
}
/** A Service beside the one that is missing. */
export interface OtherService {
  readonly namespace: string;
  readonly name: string;
  readonly ports: readonly number[];
  /**
   * What speaks for it: it has the owner of the APIService; its name is alike, or the same in another namespace; another version of the group
   * is served by it; its pods may read what extension API servers read.
   */
  readonly traits: readonly ('owner' | 'name' | 'group' | 'pods')[];
}
export interface BackendService {
  readonly type: string;
  /** null: none (an ExternalName); `None`: headless. */
  readonly clusterIP: string | null;
  readonly externalName: string | null;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly targetPort: number | string }[];
  /** null: it selects no pods by itself. */
  readonly selector: Readonly<Record<string, string>> | null;
  readonly internalTrafficPolicy: string;
  readonly ipFamilies: readonly string[];
  readonly deleting: boolean;
}
/** One address of an EndpointSlice. */
export interface BackendEndpoint {
  readonly slice: string;
  readonly address: string;
  readonly ready: boolean;
  readonly node: string | null;
  /** Name of the Pod that it is, in the Service's namespace. */
  readonly pod: string | null;
  readonly ports: readonly { readonly name: string; readonly port: number | null }[];
}
/** One EndpointSlice address list per Service; `slices` tells a Service without any from one whose slices are empty. */
export interface BackendEndpoints {
  readonly slices: readonly string[];
  readonly addresses: readonly BackendEndpoint[];
  /** Port names that the slices have, whether or not they hold an address. */
  readonly portNames: readonly string[];
}
export interface BackendPod {
  readonly name: string;
  readonly namespace: string;
  readonly node: string | null;
  readonly ip: string | null;
  readonly hostNetwork: boolean;
  /** Its address is its node's: on the host's network, or on Fargate, where each pod has a node of its own. */
  readonly onNodeAddress: boolean;
  /** A service mesh's proxy, to which the node hands what comes for the pod: its container, or what the mesh calls it; null: none. */
  readonly meshProxy: string | null;
  readonly serviceAccount: string;
  /** Name of the Secret that its `--tls-cert-file` lies in, else of the only one of its volumes; null: nothing tells. */
  readonly servingSecret: string | null;
  /** `automountServiceAccountToken: false` on the Pod itself. */
  readonly withoutToken: boolean;
  readonly labels: Readonly<Record<string, string>>;
  /** `KIND/NAME` of its controller. */
  readonly owner: string | null;
  readonly createdAt: Date;
  readonly deleting: boolean;
  readonly phase: string;
  /** Of the Pod itself, such as `Evicted`. */
  readonly reason: string;
  readonly message: string;
  readonly ready: boolean;
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string; readonly message: string }[];
  readonly containers: readonly BackendContainer[];
  /** Those that run before them. */
  readonly initContainers: readonly BackendContainer[];
}
export interface BackendContainer {
  readonly name: string;
  readonly image: string;
  /** Command and arguments, as one list. */
  readonly words: readonly string[];
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly ready: boolean;
  readonly restarts: number;
  readonly state: ContainerState;
  /** What it may use, as in `64Mi`; null: no limit. */
  readonly memoryLimit: string | null;
  /** How it ended last time. */
  readonly last: ContainerState | null;
  /** `PORT PATH` and scheme of its readiness probe over HTTP. */
  readonly readiness: { readonly scheme: string; readonly path: string; readonly port: number | string } | null;
}
export interface ContainerState {
  readonly is: 'running' | 'waiting' | 'terminated' | 'unknown';
  readonly reason: string;
  readonly message: string;
  readonly exitCode: number | null;
  /** When it came to be so; null: not told. */
  readonly since: Date | null;
}

/** A Deployment, StatefulSet or DaemonSet in the Service's namespace. */
export interface BackendWorkload {
  /** `KIND/NAME`, as kubectl takes it. */
  readonly name: string;
  /** Of the pods that it makes. */
  readonly labels: Readonly<Record<string, string>>;
  /** null: as many as there are nodes. */
  readonly replicas: number | null;
  /** Why its pods are refused, in kube-apiserver's words; null: nothing says that they are. */
  readonly refused: string | null;
}
/** A Warning event about a Pod, or about what makes it. */
export interface BackendEvent {
  /** `KIND/NAME`. */
  readonly object: string;
  readonly reason: string;
  readonly message: string;
  readonly at: Date;
}
/** What a container of a pod that is not ready logged last, of what aggctl knows the meaning of. */
export interface ExitMessage {
  /** `POD/CONTAINER`. */
  readonly container: string;
  readonly text: string;
  /** `meaning` completes the sentence `the extension server …`. null: a process that ends by itself says this, and no more is known of it. */
  readonly signature: Omit<ExitMessageSignature, 'matches'> | null;
}
/** How kube-apiserver gets from the Service to an address. */
export interface Route {
  readonly to: 'ClusterIP' | 'pod';
  readonly evidence: string;
}
/** Who answers at the address that kube-apiserver dials, in the place of the extension server. */
export interface AnsweredBy {
  /** `mesh`: the proxy that a service mesh puts before the pod; `sidecar`: a proxy that listens on the Service's port itself. */
  readonly who: 'kubelet' | 'mesh' | 'sidecar';
  /** `host:port`; null: not known. */
  readonly address: string | null;
  /** The container that answers; null: none of the pod's. */
  readonly container: string | null;
  /** The pod that was meant; null: not visible. */
  readonly pod: string | null;
  readonly evidence: string;
}

/** The agents of konnectivity through which kube-apiserver dials. */
export interface TunnelAgents {
  readonly pods: readonly BackendPod[];
  /** What makes them, in kube-system. */
  readonly workloads: readonly BackendWorkload[];
}
