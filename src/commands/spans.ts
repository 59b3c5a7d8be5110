/** Times, spans and versions as people type them. Pure. */
import { looseDate } from '../decode.ts';
import { UsageError } from '../usage-error.ts';

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30d`, `12h`, `1d12h` → milliseconds. Throws a UsageError that names the option. */
export function span(option: string, text: string): number {
  if (!/^(\d+[dhms])+$/.test(text)) throw new UsageError(`${option} must be a duration such as 30d, 12h or 1d12h, not '${text}'`);
  return [...text.matchAll(/(\d+)([dhms])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit as string] as number), 0);
}

/** A moment, as `2027-03-01` or `2027-03-01T12:00:00Z`. Throws a UsageError that names the option. */
export function time(option: string, text: string): Date {
  const date = looseDate(text);
  const day = /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? 'none';
  // A day that does not exist, such as 30 February, comes back as another one.
  if (!date || !looseDate(day)?.toISOString().startsWith(day))
    throw new UsageError(`${option} must be a time such as 2027-03-01 or 2027-03-01T12:00:00Z, not '${text}'`);
  return date;
}

/** The minor version in `1.36`, `v1.36` or `1.36.3`. Throws a UsageError that names the option. */
export function minorVersion(option: string, text: string): number {
  const minor = /^v?1\.(\d{1,3})(?:\.\d+)?$/.exec(text)?.[1];
  if (minor === undefined) throw new UsageError(`${option} must be a Kubernetes version such as 1.36, not '${text}'`);
  return Number(minor);
}
