import { expect, test } from 'vitest';
import { day, duration, fromNow, list, moment, plural } from '../src/format.ts';

const S = 1000;
const M = 60 * S;
const H = 60 * M;
const D = 24 * H;

test.each([
  [0, '0s'],
  [999, '0s'],
  [45 * S, '45s'],
  [119 * S, '119s'],
  [2 * M, '2m'],
  [3 * M + 20 * S, '3m20s'],
  [10 * M + 20 * S, '10m'],
  [179 * M, '179m'],
  [3 * H, '3h'],
  [7 * H + 5 * M, '7h5m'],
  [8 * H + 5 * M, '8h'],
  [47 * H, '47h'],
  [2 * D, '2d'],
  [2 * D + 16 * H, '2d16h'],
  [8 * D - 1, '7d23h'],
  [8 * D, '8d'],
  [729 * D, '729d'],
  [730 * D, '2y'],
  [3 * 365 * D + 40 * D, '3y40d'],
  [8 * 365 * D, '8y'],
  [3650 * D, '10y'],
  [-3 * H, '3h'],
])('%i ms is %s', (ms, words) => expect(duration(ms)).toBe(words));

test('moments and days are in UTC, to the second', () => {
  const at = new Date('2026-11-20T11:12:00.987+01:00');
  expect(moment(at)).toBe('2026-11-20 10:12:00Z');
  expect(day(at)).toBe('2026-11-20');
});

test('a moment seen from now', () => {
  const now = new Date('2026-11-23T02:45:10Z');
  expect(fromNow(new Date('2026-11-20T10:12:00Z'), now)).toBe('2d16h ago');
  expect(fromNow(new Date('2026-12-01T02:45:10Z'), now)).toBe('in 8d');
  expect(fromNow(new Date('2026-11-23T02:45:10.999Z'), now)).toBe('now');
  expect(fromNow(new Date('2026-11-23T02:45:09Z'), now)).toBe('1s ago');
});

test('counts take their noun', () => {
  expect([0, 1, 2].map((count) => plural(count, 'error'))).toEqual(['0 errors', '1 error', '2 errors']);
  expect(plural(2, 'entry', 'entries')).toBe('2 entries');
});

test.each([
  [[], {}, ''],
  [['a'], {}, 'a'],
  [['a', 'b'], {}, 'a and b'],
  [['a', 'b', 'c'], {}, 'a, b and c'],
  [['a', 'b', 'c'], { word: 'or' }, 'a, b or c'],
  [['a', 'b', 'c', 'd'], { most: 1 }, 'a and 3 more'],
  [['a', 'b', 'c', 'd'], { most: 2 }, 'a, b and 2 more'],
  [['a', 'b', 'c', 'd'], { most: 3 }, 'a, b, c and d'],
  [['a', 'b'], { most: 5 }, 'a and b'],
] as const)('%j with %j is "%s"', (items, listing, words) => expect(list(items, listing)).toBe(words));
