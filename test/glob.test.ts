import { expect, test } from 'vitest';
import { matchesGlob } from '../src/glob.ts';

test.each([
  ['a', 'a', true],
  ['a', 'ab', false],
  ['', '', true],
  ['*', '', true],
  ['*', 'a.b', true],
  ['a*', 'ab', true],
  ['a*', 'ba', false],
  ['*b', 'ab', true],
  ['*b', 'abc', false],
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['ab*ba', 'aba', false],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['*a*a', 'a', false],
  ['a**c', 'abc', true],
  // No other character has a meaning of its own.
  ['v1.x', 'v1-x', false],
  ['[a-z]', 'b', false],
  ['a?', 'ab', false],
])('%s and %s: %s', (pattern, text, is) => expect(matchesGlob(pattern, text)).toBe(is));

test('no pattern takes long', () => {
  const start = performance.now();
  expect(matchesGlob(`${'*a'.repeat(1000)}*b`, 'a'.repeat(10_000))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1000);
});
