/** The exit status of a diagnosis, the same in every format. */
import type { ExitStatus, Report, Severity } from './model.ts';
import type { Diagnosis } from './run/index.ts';

export interface ExitRules {
  /** The lowest severity that makes the status 1. */
  readonly failOn: Severity | 'never';
  /** Return 0 instead of 3 if something could not be checked, or a check crashed. */
  readonly allowIncomplete: boolean;
}

/** The gravest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'info'];
/** The values of --fail-on. */
export const lowestFailing: readonly ExitRules['failOn'][] = [...severities, 'never'];

/** The severities that make the status 1. */
export const counted = (failOn: ExitRules['failOn']): readonly Severity[] =>
  failOn === 'never' ? [] : severities.slice(0, severities.indexOf(failOn) + 1);

/** A diagnosis with its exit status. */
export const reportOf = (diagnosis: Diagnosis, status: ExitStatus): Report => ({
  ...diagnosis,
  summary: { ...diagnosis.summary, exitStatus: status },
});

/** Whether everything could be checked that can be seen from this place, and no check crashed. */
export const isComplete = ({ summary, unavailable, incomplete }: Diagnosis): boolean =>
  incomplete === undefined && summary.crashed === 0 && unavailable.every(({ why }) => why === 'excluded');

/** 1: problems at or above `failOn`; 3: something could not be checked, or a check crashed; else 0. */
export function exitStatus(diagnosis: Diagnosis, { failOn, allowIncomplete }: ExitRules): ExitStatus {
  if (counted(failOn).some((severity) => diagnosis.summary[severity] > 0)) return 1;
  return allowIncomplete || isComplete(diagnosis) ? 0 : 3;
}
