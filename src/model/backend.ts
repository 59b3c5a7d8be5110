/** What stands behind an APIService: its Service, EndpointSlices and pods, as the API shows them. Plain, immutable data. */

export interface Backend {
  /** Of the Service; `unknown`: aggctl may not read it. */
  readonly namespace: 'active' | 'terminating' | 'absent' | 'unknown';
  /** null: it does not exist. */
  readonly service: BackendService | null;
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
}
