/** Check and problem. */
import type { Place } from './seam.ts';
import type { Scope } from './subject.ts';

/** `info` never changes the exit status. */
export type Severity = 'error' | 'warning' | 'info';

export interface Problem {
  /** One sentence: consequence first, then cause; concrete values in backticks. */
  readonly message: string;
  readonly at: Place;
  readonly evidence?: readonly string[];
  /** Imperative; the commands can be pasted and are safe in the order given. */
  readonly fix: Fix;
  /** What else is broken because of it. */
  readonly effects?: readonly string[];
  /** In place of the check's own: those of them that would explain exactly this. */
  readonly explainedBy?: readonly string[];
  /** In place of the check's own. */
  readonly severity?: Severity;
  /** The minor version from which it breaks what works in the one that runs. */
  readonly since?: number;
  /** Nothing shows of it yet, so it explains nothing that shows today. */
  readonly latent?: boolean;
}
export interface Fix {
  readonly text: string;
  readonly commands?: readonly string[];
}

/** Makes `aggctl explain ID` and the documentation. */
export interface Explain {
  readonly looksAt: string;
  readonly why: string;
  /** What Kubernetes itself does and says in this state. */
  readonly kubernetes: string;
  readonly repair: string;
  /** The upstream source and version that the rule follows. */
  readonly mirrors: string;
}

/** How a check is proven where its own facts are out of sight: by facts of the cluster alone. [] proves nothing. */
export interface AnyProof {
  readonly needs: readonly string[];
  readonly run: (facts: never) => readonly Problem[];
}

/** The steps of a request through an APIService, in their order. */
export const hops = [
  'registration',
  'Service',
  'endpoints',
  'network',
  'TLS',
  'front proxy',
  'delegation',
  'discovery',
  'request',
  'effects',
] as const;
export type Hop = (typeof hops)[number];

/** Any check, as the runner sees it. */
export interface AnyCheck {
  /** Kebab-case; names the failing state; equals the file name. */
  readonly id: string;
  /** What health is, in the present tense. */
  readonly title: string;
  readonly severity: Severity;
  readonly scope: Scope;
  /** Of scope `apiservice`: the step of a request's path that it judges. */
  readonly hop?: Hop;
  /** Names of facts. Without one of these the check is skipped. */
  readonly needs: readonly string[];
  /** May add evidence, effects and commands; never changes which problems there are. */
  readonly wants?: readonly string[];
  /** Earlier checks whose failure makes this verdict meaningless. */
  readonly after?: readonly string[];
  /** Of a symptom: ids of the checks that would explain it. */
  readonly explainedBy?: readonly string[];
  /** Asked when the check had to be skipped; what it proves stands in the place of that. */
  readonly proof?: AnyProof;
  readonly explain: Explain;
  /** Pure; [] is a pass, null says that the question does not arise here. */
  readonly run: (facts: never) => readonly Problem[] | null;
}
