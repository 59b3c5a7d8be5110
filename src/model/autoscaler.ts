/** HorizontalPodAutoscalers, the metrics that they ask for, and who does not deliver them. Plain, immutable data. */

/**
 * Why an autoscaler gets no metric. `unserved`: 503 or no answer in time; `rejected`: 401; `not-served`: kube-apiserver knows no such group or
 * resource; `no-such-metric`: the provider knows no such metric; `no-samples`: it knows the metric and has no value; `no-pod-metrics`: no
 * pod of the target has resource metrics; `keda-operator`: KEDA's adapter has no connection to its operator; `provider`: any other error of the provider.
 */
export type ComplaintKind =
  | 'forbidden'
  | 'rejected'
  | 'unserved'
  | 'not-served'
  | 'no-such-metric'
  | 'no-samples'
  | 'no-pod-metrics'
  | 'keda-operator'
  | 'provider';

/** What `X is forbidden: User …` names. */
export interface Refusal {
  readonly user: string;
  readonly verb: string;
  readonly resource: string;
  /** null: at the cluster scope. */
  readonly namespace: string | null;
  /** A ClusterRole that a binding names and that does not exist; null: none is named. */
  readonly missingRole: string | null;
}

/** A HorizontalPodAutoscaler that gets no metrics. */
export interface AutoscalerWithoutMetrics {
  /** `NAMESPACE/NAME`. */
  readonly name: string;
  /** The group that serves the metric. */
  readonly api: string;
  readonly kind: ComplaintKind;
  /** Its condition's message. */
  readonly text: string;
  /** Since when ScalingActive is False. */
  readonly since: Date;
  /** Of `forbidden`. */
  readonly refused: Refusal | null;
  /** KEDA made it for a ScaledObject. */
  readonly ofKeda: boolean;
}

/** Why metrics-server gets no metrics from a kubelet. `no-answer`: it does not answer within the scrape's timeout. */
export type ScrapeKind =
  | 'no-certificate'
  | 'certificate'
  | 'forbidden'
  | 'name-unknown'
  | 'no-address'
  | 'no-answer'
  | 'unreachable'
  | 'no-endpoint'
  | 'unrecognized';
/** A node that metrics-server could not scrape, as its log says. */
export interface ScrapeError {
  readonly node: string;
  readonly kind: ScrapeKind;
  readonly text: string;
  /** When it was logged; null: the line does not say. */
  readonly at: Date | null;
}

/** Why a node is not scraped, with what that means and what to do. */
export interface ScrapeFault {
  readonly kind: ScrapeKind;
  readonly text: string;
  /** A clause, in which `it` is metrics-server. */
  readonly meaning: string;
  /** Imperative, without the full stop. */
  readonly next: string;
}

/** Nodes without metrics. */
export interface Scraping {
  /** Ready nodes, and those of them without metrics; null: they could not be compared. */
  readonly ready: number | null;
  readonly missing: readonly { readonly node: string; readonly error: ScrapeFault | null }[];
}

/** A request of a kubelet for its serving certificate that nobody has answered. */
export interface PendingCertificate {
  readonly name: string;
  readonly node: string;
}

/** What the log of a metrics provider says of what it depends on. `keda-operator` and `prometheus` are out of its reach. */
export type DependencyKind = 'keda-operator' | 'prometheus';
export interface DependencyError {
  readonly kind: DependencyKind;
  readonly text: string;
  /** `NAMESPACE/NAME` of the pod. */
  readonly pod: string;
}
