import { expect, test } from 'vitest';
import { waitsOf } from '../src/waits.ts';

function clockwork() {
  let time = 0;
  const hidden: number[] = [];
  const waits = waitsOf(
    () => time,
    () => void hidden.push(time),
  );
  return {
    ...waits,
    hidden,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

test('the oldest wait is told once it takes a second', () => {
  const { begin, line, pass } = clockwork();
  expect(line()).toBeNull();
  const first = begin('https://a', 10_000);
  pass(999);
  expect(line()).toBeNull();
  pass(1);
  expect(line()).toBe('waiting for https://a, 1s of 10s');
  const second = begin('b', 0);
  const third = begin('b', 0);
  pass(3000);
  expect(line()).toBe('waiting for https://a, 4s of 10s, and for 1 more');
  first();
  expect(line()).toBe('waiting for b, 3s');
  second();
  second();
  expect(line()).toBe('waiting for b (1 of 2 done), 3s');
  third();
  expect(line()).toBeNull();
});

test('nothing is told while a person types, and what is drawn is hidden before', () => {
  const { begin, typing, line, pass, hidden } = clockwork();
  begin('a', 0);
  pass(2000);
  const [one, other] = [typing(), typing()];
  expect(hidden).toEqual([2000, 2000]);
  expect(line()).toBeNull();
  one();
  expect(line()).toBeNull();
  other();
  expect(line()).toBe('waiting for a, 2s');
});
