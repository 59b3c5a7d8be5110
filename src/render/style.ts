/** How to draw a result. */
export interface Style {
  readonly color: 0 | 1;
  /** Columns to fill: the terminal's, or 80 if the output is not a terminal. Commands and paths in prose are never broken. */
  readonly width: number;
  /** Only 7-bit characters. */
  readonly ascii: boolean;
  /** `quiet`: only problems; `verbose`: also what is healthy, what was skipped and why. */
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  /** Whether the output is a terminal, to which tables are fitted. */
  readonly terminal: boolean;
  /** What aggctl is called here, if not `aggctl`. */
  readonly name?: string;
  /** Whether tables have a heading. */
  readonly headers: boolean;
  /** Whether tables show every column. */
  readonly wide?: boolean;
}
