/** What a command is given beside its options, and what one of its looks at a cluster finds. */
import type { Gathered } from '../check.ts';
import type { CheckedApiService, ExitStatus, Waits } from '../model.ts';
import type { Diagnosis } from '../run/index.ts';

/** Given to every command beside its options. */
export interface Surroundings {
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks who sits at the terminal; not there where nobody does. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Nobody sits there, although there may be a terminal. */
  readonly unattended?: boolean;
  /** What aggctl is called here, for commands to paste: by krew there is only `kubectl aggctl`. */
  readonly called?: string;
  /** Where somebody watches. */
  readonly waits?: Waits;
  /** Other clusters are checked at the same time: they share the terminal, and none of them has the files of this machine. */
  readonly amongOthers?: boolean;
}
export interface Repeating extends Surroundings {
  readonly now: () => Date;
  /** Milliseconds; returns early when the signal comes. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** One look: the diagnosis of what is named, its exit status, and how many questions each round asked. */
export interface Look {
  readonly gathered: Gathered;
  readonly diagnosis: Diagnosis;
  readonly checked: readonly CheckedApiService[];
  readonly status: ExitStatus;
  readonly rounds: readonly number[];
}
