/** Which entry of a file of suppressions suppresses a finding. Pure. */
import { matchesGlob } from '../glob.ts';
import type { Subject, Suppression } from '../model.ts';

const DAY = 24 * 60 * 60 * 1000;
/** Without a clock (null) nobody knows whether the last day has passed. */
export const hasExpired = ({ until }: Suppression, now: Date | null): boolean =>
  until !== null && (now === null || now.getTime() >= Date.parse(until) + DAY);

/** Whether the entry is about a check and a subject of these names. */
export const isAbout = ({ check, subject }: Suppression, id: string, name: string): boolean =>
  matchesGlob(check, id) && (subject === null || matchesGlob(subject, name));

/** The first entry that suppresses a finding of a check on a subject. */
export function suppressing(entries: readonly Suppression[], now: Date | null) {
  const valid = entries.filter((entry) => !hasExpired(entry, now));
  return (id: string, { name }: Subject): Suppression | undefined => valid.find((entry) => isAbout(entry, id, name));
}
