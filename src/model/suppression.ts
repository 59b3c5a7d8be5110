/** Known problems that somebody decided to live with: entries of `.aggctl.yaml`, or of the file that `--suppressions` names. */

/** An entry. `*` in `check` and `subject` stands for any part of a name. */
export interface Suppression {
  /** Of the check's id. */
  readonly check: string;
  /** Of the subject's name; null: every subject. */
  readonly subject: string | null;
  readonly reason: string;
  /** The last day on which it suppresses, in UTC, as in `2027-03-01`; null: no end. */
  readonly until: string | null;
  readonly at: { readonly file: string; readonly line: number };
}
export interface SuppressionFile {
  readonly file: string;
  readonly entries: readonly Suppression[];
}
