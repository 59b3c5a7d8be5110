/** What was broken before: looked for only when somebody asks. Plain, immutable data. */

/** How often an APIService became unavailable, as one kube-apiserver counted it (aggregator_unavailable_apiservice_total). */
export interface CountedFailures {
  /** Address of that kube-apiserver; null: the one that the kubeconfig leads to. */
  readonly server: string | null;
  /** When it started, and so began to count. */
  readonly since: Date | null;
  readonly apiService: string;
  readonly reason: string;
  readonly count: number;
}

/** A change of the condition Available that kube-apiserver logged. */
export interface LoggedChange {
  readonly apiService: string;
  readonly at: Date;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly message: string;
}

/** An Event of the type Warning. */
export interface WarningEvent {
  readonly at: Date;
  readonly namespace: string;
  /** `KIND/NAME`. */
  readonly object: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
}

/** A container of kube-apiserver's mirror pods that was restarted. */
export interface Restart {
  readonly pod: string;
  readonly count: number;
  /** When and how it ended last; null: not told. */
  readonly at: Date | null;
  readonly reason: string;
}
