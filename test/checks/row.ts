/** What a row says: the healthy facts with a change, and what the check makes of them. */
import type { Place, Severity, TextKind } from '../../src/model.ts';
import type { Change } from '../support/facts.ts';

/** Of a problem, what the row is about; texts are parts of what is said. */
export interface Expected {
  readonly says?: string;
  readonly at?: Place | undefined;
  /** Part of one of them; a list: part of each, in order, and there is no other. */
  readonly evidence?: string | readonly string[];
  /** The same; []: none. */
  readonly effects?: string | readonly string[];
  readonly command?: string;
  readonly fix?: string;
  readonly severity?: Severity;
  readonly latent?: boolean;
  /** The minor version that makes it worse. */
  readonly since?: number;
  /** null: none. */
  readonly aspect?: string | null;
  readonly shows?: readonly TextKind[];
  /** The checks that would explain it, in any order. */
  readonly explainedBy?: readonly string[];
}
export type Row = readonly [
  name: string,
  change: Change,
  verdict: 'passed' | 'inapplicable' | 'skipped' | readonly [Expected, ...Expected[]],
];
/** By the id of the check. */
export type Rows = Readonly<Record<string, readonly Row[]>>;
