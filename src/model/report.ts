/** Verdict and report. */
import type { Flags } from './apiserver.ts';
import type { CertificateItem } from './certificate-item.ts';
import type { Problem, Severity } from './check.ts';
import type { Command } from './command.ts';
import type { Hop } from './hop.ts';
import type { Place, Unavailable } from './source.ts';
import type { Subject } from './subject.ts';
import type { Suppression } from './suppression.ts';

/** What keeps a check from being run: always the root, never a middle link. */
export type Blocker = { readonly fact: string; readonly subject: Subject | null } | { readonly check: string; readonly subject: Subject };
export type Verdict =
  | { readonly is: 'passed' }
  | { readonly is: 'failed'; readonly problems: readonly Problem[] }
  | { readonly is: 'skipped'; readonly because: Blocker }
  | { readonly is: 'inapplicable' }
  | { readonly is: 'crashed'; readonly error: string };

/** A symptom under its cause. */
export interface Symptom {
  readonly id: string;
  readonly subject: Subject;
  readonly message: string;
  readonly at: Place;
  readonly evidence: readonly string[];
  /** Ids of further failed checks that would explain it as well. */
  readonly alsoExplainedBy?: readonly string[];
}
/** A problem that nothing else in the report explains. */
export interface Finding extends Symptom {
  readonly severity: Severity;
  readonly fix: { readonly text: string; readonly commands: readonly Command[] };
  readonly effects: readonly string[];
  readonly symptoms: readonly Symptom[];
  /** Ids of checks that would explain it, and that failed elsewhere or could not be looked at. */
  readonly mayBeExplainedBy: readonly string[];
  /** In place of more than four of them: how many there are, and the facts that would tell them apart. */
  readonly undecided?: { readonly candidates: number; readonly facts: readonly string[] };
  /** Further APIServices of which the same is to be said: the fix repairs them all. */
  readonly others?: readonly Subject[];
  /** The version, as in `1.36`, from which it breaks what works in the one that runs. */
  readonly since?: string;
  /** Of a suppressed finding: the entry that suppresses it. */
  readonly suppression?: Pick<Suppression, 'reason' | 'until' | 'at'>;
}
export type ExitStatus = 0 | 1 | 2 | 3 | 124 | 129 | 130 | 143;
/** The result of a diagnosis. `findings[0]` is the thing to repair first. */
export interface Report {
  readonly schemaVersion: 1;
  readonly kind: 'Report';
  readonly aggctl: string;
  /** When the facts were taken, ISO 8601 in UTC. */
  readonly capturedAt: string | null;
  /** The moment that was judged, where it is not `capturedAt` (`--at TIME`); ISO 8601 in UTC. */
  readonly judgedAt?: string;
  /** Server's clock minus the clock where the facts were taken, milliseconds. */
  readonly clockSkew?: number;
  /** `live`, the snapshot's path, or the manifests that were checked. */
  readonly source: string;
  /**
   * Of the snapshots those that another tool collected, as `must-gather`. `newest`: it did not write down when, and the newest time in what it
   * collected stands for it.
   */
  readonly collected?: readonly { readonly path: string; readonly by: string; readonly dated: 'recorded' | 'newest' }[];
  /** Of `aggctl lint`: how much was checked, as if it were applied. */
  readonly manifests?: { readonly files: number; readonly objects: number; readonly apiServices: number };
  /** Why the snapshot does not hold everything that was asked, in a sentence. */
  readonly incomplete?: string;
  /** The checks that `--check` and `--skip` left, when they left some out. */
  readonly chosen?: readonly string[];
  /** The lowest severity that makes the exit status 1, where it is not `error` (`--fail-on`). */
  readonly failOn?: Severity | 'never';
  /** The file whose entries were applied (`--suppressions`, or `.aggctl.yaml`); missing: there is none. */
  readonly suppressions?: string;
  readonly cluster: {
    readonly name: string;
    readonly server: string;
    readonly version: string | null;
    readonly distribution: string | null;
    /** Why nothing that kube-apiserver shows could be had, in a sentence; missing: it answered. */
    readonly unreachable?: string;
  } | null;
  readonly identity: { readonly user: string; readonly groups: readonly string[] } | null;
  /** The kube-apiservers that were judged, and where their flags were read. */
  readonly apiservers: readonly { readonly name: string; readonly flags: Place | null; readonly origin?: Flags['origin'] }[];
  readonly trust: Trust | null;
  /** Those that were asked for (`check-apiservice`): then the report holds what concerns them, and `further` counts the findings that do not. */
  readonly apiservices?: readonly CheckedApiService[];
  /** Why it is not known which APIServices there are, in a sentence. */
  readonly unlisted?: string;
  readonly further?: number;
  /** The upgrade that was judged along; missing when none was asked for and nothing would break. Versions as in `1.36`. */
  readonly upgrade?: {
    readonly from: string;
    readonly to: string;
    /** The newest version that aggctl has rules for: of what lies beyond it knows nothing. */
    readonly newestKnown: string;
    /** `unchecked`: why nobody knows whether it breaks anything here, and what would show it; missing: it was checked. */
    readonly changes: readonly { readonly version: string; readonly change: string; readonly unchecked?: string }[];
    /** Ids of the findings that would break there what works now. */
    readonly breaks: readonly string[];
  };
  readonly summary: {
    readonly error: number;
    readonly warning: number;
    readonly info: number;
    readonly passed: number;
    readonly skipped: number;
    readonly inapplicable: number;
    readonly crashed: number;
    /** Findings that `suppressions` suppresses; they are in none of the other counts. */
    readonly suppressed?: number;
    readonly exitStatus: ExitStatus;
  };
  readonly findings: readonly Finding[];
  /** Findings that `suppressions` suppresses, each with its `suppression`; they do not count for the exit status. */
  readonly suppressed?: readonly Finding[];
  readonly unavailable: readonly Missing[];
  readonly skipped: readonly { readonly id: string; readonly subject: Subject; readonly because: Blocker }[];
  readonly crashed: readonly { readonly id: string; readonly subject: Subject; readonly error: string }[];
  readonly passed: readonly { readonly id: string; readonly subject: Subject; readonly title: string }[];
  readonly inapplicable: readonly { readonly id: string; readonly subject: Subject }[];
  /** Every certificate that was seen; only of the whole cluster (`doctor`). */
  readonly certificates?: readonly CertificateItem[];
  /** Only where a format draws (`-o html`). No other shows it: JSON is the same with and without. */
  readonly drawings?: Drawings;
}
/** What drawings show and the rest of a report does not hold. */
interface Drawings {
  /** The moment that counts as today; ISO 8601 in UTC. */
  readonly now: string;
  /** Whether no trusted CA signed the certificate that the map of trust shows. */
  readonly presentsForeign: boolean;
  /** Every APIService with a Service, and the path of a request through it; those that were chosen, where some were. */
  readonly apiservices: readonly CheckedApiService[];
}
/** An APIService that was asked for by name, and the way of a request through it. */
export interface CheckedApiService {
  readonly name: string;
  /** `in-transition`: its condition may still follow; `local`: no Service serves it; `absent`: there is none of this name; `unknown`: it could not be looked at. */
  readonly state: 'serves' | 'fails' | 'in-transition' | 'local' | 'absent' | 'unknown';
  /** Who answers for it: `Service NAMESPACE/NAME`, or of a local one what kube-apiserver serves there. */
  readonly servedBy: string | null;
  /** Hop after hop, in the order of a request; [] unless a Service serves it. */
  readonly path: readonly Step[];
  /** What happened before, in the order of time; only when it was asked for (`--history`). */
  readonly history?: readonly Moment[];
}
/** Something that happened; `at` in ISO 8601, null where nothing tells when. */
export interface Moment {
  readonly at: string | null;
  readonly text: string;
}
/** A hop of the path. */
export interface Step {
  readonly hop: Hop;
  /** `behind`: not judged, as the request breaks before; `unknown`: nothing was seen of it from here. */
  readonly state: 'passed' | 'broken' | 'remark' | 'behind' | 'unknown';
  /** What was seen there, a line each; prose. */
  readonly shows: readonly string[];
}
/** A fact that could not be had, said once, with the checks that wait for it. `subject` null: no subject of that scope is known. */
export interface Missing {
  readonly fact: string;
  readonly subject: Subject | null;
  readonly why: Unavailable['why'];
  readonly message: string;
  readonly checks: readonly string[];
}
/** The map of trust: what is presented, who signed it, which names are allowed, and what the extension servers answer. */
export interface Trust {
  readonly presents: string | null;
  readonly signedBy: string | null;
  readonly trusted: string | null;
  readonly allowedNames: readonly string[] | null;
  /** How many there are, serve, and fail; the rest could not be looked at. `failure`: what all that fail have in common, as in `401`. */
  readonly extensionServers: {
    readonly total: number;
    readonly serving: number;
    readonly failing: number;
    readonly failure: string | null;
  };
}
