/** Check and problem. */
import type { VersionChange } from './cluster.ts';
import type { Command } from './command.ts';
import type { Hop } from './hop.ts';
import type { Owner, Owners } from './owner.ts';
import type { TextKind } from './signature.ts';
import type { Place } from './source.ts';
import type { Scope } from './subject.ts';

/** `info` never changes the exit status. */
export type Severity = 'error' | 'warning' | 'info';

/** Stands in a message for the users that the subject of the problem serves; the runner replaces it. */
export const everyUser = '{every user}';

export interface Problem {
  /** One sentence: consequence first, then cause; concrete values in backticks. How far it reaches is written as `everyUser`. */
  readonly message: string;
  readonly at: Place;
  readonly evidence?: readonly string[];
  /** Imperative; the commands can be pasted and are safe in the order given. */
  readonly fix: Fix;
  /** What else is broken because of it. */
  readonly effects?: readonly string[];
  /** Of the kinds of texts that its check may show, those that this problem rests on. */
  readonly shows?: readonly TextKind[];
  /** Of the aspects of its check the one that this problem is of. */
  readonly aspect?: string;
  /** In place of the check's own. */
  readonly severity?: Severity;
  /** The minor version from which it breaks what works in the one that runs. */
  readonly since?: number;
  /** Its cause lies with its own subject: nothing elsewhere is a candidate. */
  readonly isLocal?: boolean;
  /** Ids of the only checks that its evidence leaves as candidates; without it, all that would explain it. */
  readonly leaves?: readonly string[];
  /** Nothing shows of it yet, so it explains nothing that shows today. */
  readonly latent?: boolean;
}
export interface Fix {
  readonly text: string;
  readonly commands?: readonly Command[];
  /** Commands for an object that somebody may own, for where nobody does. */
  readonly edits?: Edits;
}
interface Edits {
  /** Of what serves the APIService of the problem, or the owner of another object. */
  readonly of: keyof Owners | { readonly owner: Owner | null };
  /** What happens to the object; `change` where it is left out. */
  readonly to?: 'change' | 'remove' | 'renew';
  /** The commands heal without a value from a person: where a Helm release owns the object, they do until its next upgrade. */
  readonly heals?: true;
  /** In the place of the fix's own text, which then says only what must come of it. */
  readonly text?: string;
  readonly commands: readonly Command[];
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

/** How a check is proven where its own facts are out of sight: by facts of the cluster alone. [] proves nothing, `passes` that the check does. */
export interface AnyProof {
  readonly needs: readonly string[];
  readonly run: (facts: never) => readonly Problem[] | 'passes';
}

/** What a check that fails is the cause of. */
export interface Causes {
  /** The texts that Kubernetes, Go or an extension server gives then. */
  readonly signatures?: readonly TextKind[];
  /** The checks that fail then: `ID`, or `ID/ASPECT` where it causes only their problems of that aspect. */
  readonly symptoms?: readonly string[];
}

/** Any check, as the runner sees it. */
export interface AnyCheck {
  /** Kebab-case; names the failing state; equals the file name. */
  readonly id: string;
  /** What health is, in the present tense. */
  readonly title: string;
  readonly severity: Severity;
  /** The ways to fail that it finds: ids of test/failure-catalogue.json. */
  readonly modes: readonly string[];
  readonly scope: Scope;
  /** Of scope `apiservice`: the step of a request's path that it judges. */
  readonly hop?: Hop;
  /** It looks alike at every hop: where the text of the failure tells a hop, that one counts. */
  readonly hopByText?: true;
  /** false: it lets too much pass, and ends no request. */
  readonly endsRequests?: false;
  /** Names of facts. Without one of these the check is skipped. */
  readonly needs: readonly string[];
  /** May add evidence, effects and commands; never changes which problems there are. */
  readonly wants?: readonly string[];
  /** Earlier checks whose failure makes this verdict meaningless. */
  readonly after?: readonly string[];
  /** What else shows while it fails. */
  readonly causes?: Causes;
  /** The changes of an upgrade that break nothing here if it passes. */
  readonly judges?: readonly VersionChange[];
  /** Of a symptom: the kinds of texts that its problems may rest on, and the aspects by which causes tell its problems apart. */
  readonly shows?: readonly TextKind[];
  readonly aspects?: readonly string[];
  /** Asked when the check had to be skipped; what it proves stands in the place of that. */
  readonly proof?: AnyProof;
  readonly explain: Explain;
  /** Pure; [] is a pass, null says that the question does not arise here. */
  readonly run: (facts: never) => readonly Problem[] | null;
}
