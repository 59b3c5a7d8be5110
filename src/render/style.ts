/** How a person wants a result to look. */
export interface Style {
  readonly color: 0 | 1;
  /** Columns to fill: the terminal's, or 80 where the output is no terminal. Commands, paths and cells of tables are never broken. */
  readonly width: number;
  /** Only 7-bit characters. */
  readonly ascii: boolean;
  /** `quiet`: problems alone; `verbose`: also what is healthy, what was skipped and why. */
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  /** Whether the output is a terminal: tables get borders there. */
  readonly terminal: boolean;
  /** Whether tables have a heading. */
  readonly headers: boolean;
}
