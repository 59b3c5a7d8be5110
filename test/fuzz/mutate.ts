/** Texts and trees → what nobody expects in their place. */
import { isObject } from '../../src/decode.ts';
import type { Random } from '../sources/random.ts';

/** Lists in lists; so deep a text ends some programs. */
export function deep(levels: number): unknown {
  let value: unknown = [];
  for (let level = 1; level < levels; level += 1) value = [value];
  return value;
}

const texts = [
  '',
  'x',
  '\x1b]52;c;eA==\x07\x1b[2J',
  'a\0b',
  '\u009b31m\u202e\u2028',
  '\ud800',
  '-x',
  '../../../..',
  '__proto__',
  '0',
  '2026-02-31T25:61:00Z',
  '99999-01-01T00:00:00Z',
  'https://[::1]:1/\x1b[31m',
  '/dev/zero',
  '/',
  "'; exit 7; '",
  '`$(exit 7)`',
  'x'.repeat(100_000),
];
const values: readonly (() => unknown)[] = [
  () => null,
  () => 5,
  () => -1,
  () => 1e308,
  () => true,
  () => [],
  () => ({}),
  () => ['x', null, 5],
  () => ({ name: 5, x: null }),
  () => JSON.parse('{"__proto__":{"x":1},"constructor":5,"toString":"x","length":1e9}'),
  () => deep(150),
  () => deep(250),
];

/** The tree with another value in a place or two. */
export function mutatedTree(tree: unknown, random: Random): unknown {
  const changed = replacedSomewhere(tree, random);
  return random.chance(3) ? replacedSomewhere(changed, random) : changed;
}
function replacedSomewhere(tree: unknown, random: Random): unknown {
  const keys = Array.isArray(tree) ? [...tree.keys()] : isObject(tree) ? Object.keys(tree) : [];
  if (keys.length === 0 || random.chance(6)) return random.chance(2) ? random.pick(texts) : random.pick(values)();
  const key = random.pick<string | number>(keys);
  if (Array.isArray(tree)) return tree.map((item, index) => (index === key ? replacedSomewhere(item, random) : item));
  const { [key]: old, ...others } = tree as Record<string, unknown>;
  return random.chance(8) ? others : { ...others, [key]: replacedSomewhere(old, random) };
}

const pieces = [
  ...texts.slice(1, -1),
  ...['{', '}', '[', ']', '"', "'", '\\', ':', ': ', ',', '\n', '\n---\n', '\t', '#', '|', '>', '%', '@'],
  ...['&a ', '*a', '<<: *a\n', '!!binary ', '!x ', '? ', '- '.repeat(60), '['.repeat(250), '{"a":'.repeat(250), 'a: {'.repeat(120)],
];
const bytes = [0x00, 0x1b, 0x80, 0xc3, 0xe2, 0xff, 0xfe, 0x0d, 0x08];

/** The text with a span of it cut, repeated, or replaced, a time or more. */
export function mutatedText(text: string, random: Random): Buffer {
  let content = Buffer.from(text);
  for (let times = 1 + random.below(3); times > 0; times -= 1) {
    const [from, length] = [random.below(content.length + 1), random.below(random.pick([2, 20, 2000]))];
    const [before, span, after] = [content.subarray(0, from), content.subarray(from, from + length), content.subarray(from + length)];
    const made = random.pick([
      () => [before],
      () => [before, after],
      () => [before, span, span, span, after],
      () => [before, Buffer.from(random.pick(pieces)), after],
      () => [before, Buffer.from(random.pick(pieces)), span, after],
      () => [before, Buffer.from([random.pick(bytes), random.pick(bytes)]), span, after],
      () => [before, Buffer.from(random.text(8)), after],
    ])();
    content = Buffer.concat(made);
  }
  return content;
}
