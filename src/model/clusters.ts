/** Reports on several clusters. */
import type { Command } from './command.ts';
import type { ExitStatus, Report } from './report.ts';

/** What a person reads first about a cluster; the gravest that holds. */
export type ClusterVerdict =
  /** Its kubeconfig entry cannot be used, or the options do not fit it. */
  | 'not-checked'
  | 'unreachable'
  | 'errors'
  | 'warnings'
  /** Something could not be checked, and no problem was found in the rest. */
  | 'incomplete'
  /** There is no problem but those that are suppressed. */
  | 'suppressed'
  | 'healthy';

/** A context of the kubeconfig, and what was found in its cluster. */
export interface ClusterReport {
  readonly context: string;
  readonly verdict: ClusterVerdict;
  /** Of one that is unreachable or not checked: why, in a sentence. */
  readonly why?: string;
  /** An earlier context with the same cluster and user: the report is that one's, and is not repeated. */
  readonly sameAs?: string;
  /** Commands after which kubectl, and the commands of the report, use this context. */
  readonly select: readonly Command[];
  /** null: there is none. */
  readonly report: Report | null;
}
/** The result of `aggctl doctor --contexts` and `--all-contexts`. */
export interface ClusterReports {
  readonly schemaVersion: 1;
  readonly kind: 'ClusterReports';
  readonly aggctl: string;
  readonly clusters: readonly ClusterReport[];
  /** The strongest of all. */
  readonly exitStatus: ExitStatus;
}
