/** Each text is recognised by its row, and each row has a text. */
import { describe, expect, test } from 'vitest';
import { modules } from './index.ts';

describe.each(modules)('$file', ({ cases }) => {
  test.each(cases())('%s', (_, found, expected) => {
    expect(found).toEqual(expected);
  });
});
