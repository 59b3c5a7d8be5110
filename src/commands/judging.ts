/** Options → which checks run, by what they measure, and what makes the exit status. */
import { checks } from '../checks/index.ts';
import { type ExitRules, lowestFailing, severities } from '../exit-code.ts';
import { matchesGlob } from '../glob.ts';
import type { AnyCheck, Event, Severity, SuppressionFile, UserOptions } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { unknownCheck } from './checks.ts';
import { minorVersion, span, time } from './spans.ts';
import { type SuppressionOptions, suppressionsIn } from './suppression-file.ts';

export interface JudgingOptions extends SuppressionOptions {
  readonly at?: string;
  readonly check?: readonly string[];
  readonly skip?: readonly string[];
  readonly failOn?: string;
  readonly allowIncomplete?: boolean;
  readonly warnWithin?: string;
  readonly failWithin?: string;
  readonly targetVersion?: string;
  readonly portForward?: boolean;
  readonly readSecrets?: boolean;
}

/** The validated options of a diagnosis. */
export interface Judging {
  readonly chosen: readonly AnyCheck[];
  readonly userOptions: UserOptions;
  readonly rules: ExitRules;
  readonly suppressions?: SuppressionFile | undefined;
}

/** Throws a UsageError for wrong options. */
export function judging(options: JudgingOptions): Judging {
  const chosen = choose(options);
  const failOn = severity(options.failOn ?? 'error');
  const userOptions = {
    ...(options.at && { at: time('--at', options.at) }),
    ...(options.warnWithin && { warnWithin: span('--warn-within', options.warnWithin) }),
    ...(options.failWithin && { failWithin: span('--fail-within', options.failWithin) }),
    ...(options.portForward && { portForward: true }),
    ...(options.readSecrets && { readSecrets: true }),
    ...(options.targetVersion && { targetVersion: minorVersion('--target-version', options.targetVersion) }),
  };
  return { chosen, userOptions, rules: { failOn, allowIncomplete: options.allowIncomplete ?? false } };
}

/** The same with the suppressions that are in force. Throws a UsageError for wrong ones, too. */
export async function* judgingHere(options: JudgingOptions): AsyncGenerator<Event, Judging> {
  return { ...judging(options), suppressions: yield* suppressionsIn(options) };
}

/** The checks that `--check` and `--skip` leave, in their order. `*` stands for any part of an id. */
function choose({ check, skip = [] }: JudgingOptions): readonly AnyCheck[] {
  const matching = (name: string): readonly string[] => {
    const found = checks.filter(({ id }) => matchesGlob(name, id)).map(({ id }) => id);
    if (found.length > 0) return found;
    throw new UsageError(unknownCheck(name));
  };
  const [chosen, skipped] = [check?.flatMap(matching), skip.flatMap(matching)];
  return checks.filter(({ id }) => (chosen ? chosen.includes(id) : true) && !skipped.includes(id));
}

function severity(text: string): Severity | 'never' {
  const found = lowestFailing.find((one) => one === text);
  if (!found) throw new UsageError(`--fail-on must be ${severities.join(', ')} or never, not '${text}'`);
  return found;
}
