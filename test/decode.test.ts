import { expect, test } from 'vitest';
import { date, excessOf, httpDate, looseDate, time, unixDate } from '../src/decode.ts';

test.each([
  ['2026-11-23T15:11:41Z', '2026-11-23T15:11:41.000Z'],
  ['2026-11-23T15:11:41.123456789Z', '2026-11-23T15:11:41.123Z'],
  ['2026-11-23T15:11:41+05:30', '2026-11-23T09:41:41.000Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
])('%s is a time', (text, at) => {
  expect(date(text)?.toISOString()).toBe(at);
  expect(time(text)).toBe(text);
});
test.each([
  '2026-02-31T25:61:00Z',
  '2026-02-30T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2026-11-23T24:00:00Z',
  '2026-11-23T15:11:60Z',
  '2026-11-23T15:11:41+25:00',
  '2026-13-01T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '99999-01-01T00:00:00Z',
  '+099999-01-01T00:00:00Z',
  '2026-11-23',
  '2026-11-23 15:11:41',
  'Mon, 23 Nov 2026 15:11:41 GMT',
  'yesterday',
  '',
  0,
  1e20,
  null,
  undefined,
  {},
  ['2026-11-23T15:11:41Z'],
])('%j is none', (value) => {
  expect(date(value)).toBeUndefined();
  expect(time(value)).toBeUndefined();
});

test.each([
  ['Mon, 23 Nov 2026 15:11:41 GMT', true],
  ['Tue, 23 Nov 2026 15:11:41 GMT', false],
  ['Tue, 31 Feb 2026 25:61:00 GMT', false],
  ['Wed, 01 Jan 99999 00:00:00 GMT', false],
  ['2026-11-23T15:11:41Z', false],
  [5, false],
  [undefined, false],
])('a Date header %j: %s', (value, holds) => expect(httpDate(value) !== undefined).toBe(holds));

test.each([
  [1795446701, true],
  [0, true],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
  [1e13, false],
  ['1795446701', false],
])('%j seconds: %s', (value, holds) => expect(unixDate(value) !== undefined).toBe(holds));

test.each([
  ['Nov 23 15:11:41 2026 GMT', true],
  ['Bad time value', false],
  [null, false],
])('the date of a certificate %j: %s', (value, holds) => expect(looseDate(value) !== undefined).toBe(holds));

const brackets = '['.repeat(300);
test.each([
  ['[['.repeat(100), null],
  [brackets, 'nested more than 200 levels deep'],
  ['[{}],'.repeat(300), null],
  [`"${brackets}"`, null],
  [`"${brackets}`, null],
  [`"a\\"${brackets}"`, null],
  [`"a\\\\"${brackets}`, 'nested more than 200 levels deep'],
  [`"", "\\\\\\"", ${brackets}`, 'nested more than 200 levels deep'],
  [`[${'0,'.repeat(1_000_000)}0]`, 'of more than a million values'],
])('brackets and commas count outside of strings, row %#', (text, excess) => expect(excessOf(text)).toBe(excess));
