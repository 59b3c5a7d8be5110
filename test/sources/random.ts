/** A seeded generator: the same seed gives the same values, so that a failure can be repeated. */
export interface Random {
  /** An integer from 0 below `n`. */
  readonly below: (n: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly chance: (of: number) => boolean;
  /** Text of up to `n` pieces: any script, control characters, what JSON, YAML and file names take special care of. */
  readonly text: (n: number) => string;
}

const pieces = [
  'a',
  'Z',
  '9',
  '-',
  '_',
  '.',
  '..',
  '/',
  '~',
  '%',
  '%2E',
  '\\',
  '"',
  "'",
  ' ',
  '\t',
  '\n',
  '\r\n',
  ':',
  ': ',
  '#',
  '{',
  '}',
  '[',
  ',',
  '&',
  '*',
].concat([
  'é',
  'ж',
  '日本',
  '🦔',
  '\u2028',
  '\ufeff',
  '\u0000',
  '\u001b[31m',
  '\ud800',
  'json',
  '.json',
  '.answer',
  'x'.repeat(90),
  '日'.repeat(40),
]);

/** mulberry32. */
export function random(seed: number): Random {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  return { below, pick, chance: (of) => below(of) === 0, text: (n) => Array.from({ length: below(n + 1) }, () => pick(pieces)).join('') };
}
