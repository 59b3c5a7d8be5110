import { describe, expect, test } from 'vitest';
import { colorLevel, paintOf } from '../../src/render/paint.ts';
import { sanitize, toAscii, visible } from '../../src/render/sanitize.ts';

test.each([
  { why: 'a terminal', stream: { env: {}, isTTY: true }, level: 1 },
  { why: 'a pipe', stream: { env: {}, isTTY: false }, level: 0 },
  { why: 'a dumb terminal', stream: { env: { TERM: 'dumb' }, isTTY: true }, level: 0 },
  { why: 'NO_COLOR on a terminal', stream: { env: { NO_COLOR: '1' }, isTTY: true }, level: 0 },
  { why: 'NO_COLOR=0 is set as well', stream: { env: { NO_COLOR: '0' }, isTTY: true }, level: 0 },
  { why: 'an empty NO_COLOR is none', stream: { env: { NO_COLOR: '' }, isTTY: true }, level: 1 },
  { why: 'FORCE_COLOR in a pipe', stream: { env: { FORCE_COLOR: '1' }, isTTY: false }, level: 1 },
  { why: 'FORCE_COLOR on a dumb terminal', stream: { env: { FORCE_COLOR: 'true', TERM: 'dumb' }, isTTY: true }, level: 1 },
  { why: 'FORCE_COLOR=0 forbids', stream: { env: { FORCE_COLOR: '0' }, isTTY: true }, level: 0 },
  { why: 'FORCE_COLOR=0 over CLICOLOR_FORCE', stream: { env: { FORCE_COLOR: '0', CLICOLOR_FORCE: '1' }, isTTY: false }, level: 0 },
  { why: 'CLICOLOR_FORCE in a pipe', stream: { env: { CLICOLOR_FORCE: '1' }, isTTY: false }, level: 1 },
  { why: 'CLICOLOR_FORCE=0 says nothing', stream: { env: { CLICOLOR_FORCE: '0' }, isTTY: false }, level: 0 },
  { why: 'NO_COLOR over FORCE_COLOR', stream: { env: { NO_COLOR: '1', FORCE_COLOR: '1' }, isTTY: true }, level: 0 },
  { why: 'the flag over NO_COLOR', stream: { flag: 'always', env: { NO_COLOR: '1' }, isTTY: false }, level: 1 },
  { why: 'the flag over FORCE_COLOR', stream: { flag: 'never', env: { FORCE_COLOR: '1' }, isTTY: true }, level: 0 },
  { why: 'auto is no flag', stream: { flag: 'auto', env: { NO_COLOR: '1' }, isTTY: true }, level: 0 },
] as const)('$why: $level', ({ stream, level }) => expect(colorLevel(stream)).toBe(level));

test('paint is by instance: this process has no colour, its level 1 has', () => {
  expect(paintOf(1).error('x')).toBe('\x1b[31m\x1b[1mx\x1b[22m\x1b[39m');
  expect(Object.values(paintOf(0)).map((brush) => brush('x'))).toEqual(Array(7).fill('x'));
});

describe('what a terminal would obey is shown', () => {
  test.each([
    ['\x1b[31mred', '\\x1b[31mred'],
    ['a\rb\nc\td', 'a\\rb\\nc\\td'],
    ['\x00\x07\x7f\x9b', '\\x00\\x07\\x7f\\x9b'],
    ['a\u202eb\u2066c\u200fd', 'a\\u202eb\\u2066c\\u200fd'],
    ['zero\u200bwidth\ufeff', 'zero\\u200bwidth\\ufeff'],
    ['\u2028\u2029', '\\u2028\\u2029'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800x', '\\ud800x'],
    ['é 監視 … ✓ 👍', 'é 監視 … ✓ 👍'],
  ])('%j', (raw, shown) => expect(sanitize(raw)).toBe(shown));

  test('in ASCII typography is spelled out and the rest escaped', () => {
    expect(toAscii('is after … – “x” ✓ · é 監👍\x1b')).toBe('is after ... - "x" ok - \\xe9 \\u76e3\\u{1f44d}\\x1b');
  });

  test('throughout plain data', () => {
    expect(visible({ a: ['\r'], b: { c: '\x1b' }, d: null, e: 1, f: false }, false)).toEqual({
      a: ['\\r'],
      b: { c: '\\x1b' },
      d: null,
      e: 1,
      f: false,
    });
  });
});
