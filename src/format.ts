/** Dates, durations, counts, addresses and lists in words. Pure: what "now" is, is an argument. */

/** A moment as people and logs write it, to the second, in UTC: `2026-11-20 10:12:00Z`. Throws a RangeError for an invalid Date. */
export const moment = (at: Date): string =>
  at
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');

/** The day of a moment, in UTC: `2026-11-20`. Throws a RangeError for an invalid Date. */
export const day = (at: Date): string => moment(at).replace(/ .*/, '');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/**
 * A span of milliseconds, sign dropped, as kubectl shows an age: `45s`, `3m20s`, `7h5m`, `2d16h`, `8d`, `3y40d`.
 * Mirrors HumanDuration of k8s.io/apimachinery v0.37.2, pkg/util/duration/duration.go, which calls negative spans invalid.
 */
export function duration(ms: number): string {
  const span = Math.abs(ms);
  const count = (unit: number): number => Math.floor(span / unit);
  const two = (large: number, name: string, small: number, rest: string): string => {
    const remainder = Math.floor((span % large) / small);
    return `${count(large)}${name}${remainder === 0 ? '' : `${remainder}${rest}`}`;
  };
  if (span < 2 * MINUTE) return `${count(SECOND)}s`;
  if (span < 10 * MINUTE) return two(MINUTE, 'm', SECOND, 's');
  if (span < 3 * HOUR) return `${count(MINUTE)}m`;
  if (span < 8 * HOUR) return two(HOUR, 'h', MINUTE, 'm');
  if (span < 2 * DAY) return `${count(HOUR)}h`;
  if (span < 8 * DAY) return two(DAY, 'd', HOUR, 'h');
  if (span < 2 * YEAR) return `${count(DAY)}d`;
  if (span < 8 * YEAR) return two(YEAR, 'y', DAY, 'd');
  return `${count(YEAR)}y`;
}

/** Where a moment lies, seen from now: `2d16h ago`, `in 8d`, or `now` within a second. */
export function fromNow(at: Date, now: Date): string {
  const ms = at.getTime() - now.getTime();
  if (Math.abs(ms) < SECOND) return 'now';
  return ms < 0 ? `${duration(ms)} ago` : `in ${duration(ms)}`;
}

/** A number with its noun: `1 error`, `0 warnings`, `2 entries` with `many` given as `entries`. */
/** The text with a capital first letter. */
export const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What joins a list: its last word, and how many items are named before the rest is counted. */
export interface Listing {
  readonly word?: 'and' | 'or';
  readonly most?: number;
}

/** Items in words: `a`, `a and b`, `a, b and c`; with `most`, `a, b and 3 more`. Nothing gives the empty string. */
export function list(items: readonly string[], { word = 'and', most = items.length }: Listing = {}): string {
  // "and 1 more" takes as much room as the item itself.
  const named = items.length - most <= 1 ? items : [...items.slice(0, most), `${items.length - most} more`];
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} ${word} ${named.at(-1)}`;
}

/** `host:port`, with brackets around an IPv6 address, as a URL has it. */
export const hostPort = (host: string, port: string | number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
