/** The results that a command may have besides a report, and what it yields on its way. */
import type { Explain, Severity } from './check.ts';
import type { ExitStatus } from './report.ts';
import type { Scope } from './subject.ts';

/**
 * A heading, in capitals as kubectl writes them. `only`: a terminal shows the column where it has room; a pipe always (`room`), or with
 * `-o wide` (`wide`). With it, a terminal shows every column.
 */
export type Column = string | { readonly name: string; readonly only: 'room' | 'wide' };
export interface MarkedText {
  readonly text: string;
  /** What the color says beside the text. */
  readonly tone?: 'error' | 'warning' | 'info' | 'ok';
  /** What it is sorted by where its text does not sort. */
  readonly order?: number;
}
export type Cell = string | MarkedText;
/** A list that a command shows: `rows` are for people, `items` for programs (`{ schemaVersion, kind, items }` in JSON). */
export interface Table {
  readonly schemaVersion: 1;
  /** In the plural and capitalised, as in `Flags`. */
  readonly kind: string;
  readonly columns: readonly Column[];
  /** One for each item, as many cells as there are columns; '' for nothing. */
  readonly rows: readonly (readonly Cell[])[];
  readonly items: readonly object[];
  /** What is said of the whole: for programs members of the document, for people lines above the list. */
  readonly about?: Readonly<Record<string, unknown>>;
  readonly heading?: readonly string[];
  /** What `-o name` prints, a line for each item. */
  readonly names?: readonly string[];
  /** Why it does not hold everything, in a sentence. */
  readonly incomplete?: string;
  /** Where the list itself is a judgement. */
  readonly exitStatus?: ExitStatus;
}
/** What `aggctl snapshot FILE --show QUESTION` shows: the members of an answer, and its text as JSON or as lines. */
export interface ShownAnswer {
  readonly schemaVersion: 1;
  readonly kind: 'SnapshotAnswer';
  /** The question as it is listed, and as facts ask it. */
  readonly text: string;
  readonly question: object;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly json?: unknown;
  readonly lines?: readonly string[];
}
/** What `aggctl explain ID` shows. */
export interface Explanation extends Explain {
  readonly schemaVersion: 1;
  readonly kind: 'Explanation';
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly needs: readonly string[];
  readonly wants: readonly string[];
  readonly after: readonly string[];
  /** Ids of the checks whose failure can explain this one, and of those that this one can explain. */
  readonly explainedBy: readonly string[];
  readonly explains: readonly string[];
}
/** What `aggctl explain` says of a name or of a pasted text. */
export interface Meaning {
  readonly schemaVersion: 1;
  readonly kind: 'Meaning';
  readonly asked: string;
  readonly meaning: string;
  /** No fault by itself. */
  readonly harmless: boolean;
  /** What to do, as a clause. */
  readonly next: string;
  /** Checks that can be the cause. */
  readonly checks: readonly { readonly id: string; readonly title: string }[];
}
/** What a command yields on its way; rendered to stderr, but for a `change`, which is what `--watch` is asked for. */
export interface Event {
  /** `progress`: only where somebody watches; `state`: what a `--wait` waits for has changed. */
  readonly kind: 'progress' | 'hint' | 'warning' | 'state' | 'change';
  readonly message: string;
  /** The exit status of the command, whatever its result is. */
  readonly status?: ExitStatus;
}
