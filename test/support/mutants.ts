/** Small changes of code, one at a time: each is a fault that a test should notice. */
import { codeOf } from './code.ts';

/** An operator, and what takes its place. */
const swaps: readonly (readonly [RegExp, string])[] = [
  [/&&/g, '||'],
  [/\|\|/g, '&&'],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
];

export interface Mutant {
  readonly line: number;
  readonly change: string;
  readonly text: string;
}

/** Every change of one operator in the code of a file. Of a check what it declares before `run(` is left alone. */
export function* mutantsOf(text: string): Generator<Mutant> {
  const code = codeOf(text);
  const [from, to] = [code.indexOf('defineCheck({'), code.indexOf('run(')];
  for (const [operator, other] of swaps)
    for (const { index, 0: found } of code.matchAll(operator)) {
      if (from >= 0 && from < index && index < to) continue;
      const line = text.slice(0, index).split('\n').length;
      const changed = text.slice(0, index) + other + text.slice(index + found.length);
      yield { line, change: `${found.trim()} → ${other.trim()}`, text: changed };
    }
}

/** The expression with one alternative left out, for each alternative; last of all one that matches nothing. */
export function* lessThan({ source, flags }: RegExp): Generator<{ readonly change: string; readonly matches: RegExp }> {
  for (const [from, to] of alternativesIn(source)) {
    // With the bar before it, or the one after the first.
    const [start, end] = source[from - 1] === '|' ? [from - 1, to] : [from, to + 1];
    yield { change: `without ${source.slice(from, to)}`, matches: new RegExp(source.slice(0, start) + source.slice(end), flags) };
  }
  yield { change: 'matches nothing', matches: /(?!)/ };
}

/** Where each alternative begins and ends, of the whole and of its groups; none where there is no other. */
function alternativesIn(source: string): readonly (readonly [from: number, to: number])[] {
  const found: (readonly [number, number])[] = [];
  const open: number[][] = [[0]];
  const close = (at: number) => {
    const starts = open.pop() ?? [];
    if (starts.length > 1) for (const [i, start] of starts.entries()) found.push([start, (starts[i + 1] ?? at + 1) - 1]);
  };
  for (const { index, 0: token } of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:<?[=!]|:))?|[|)]/g)) {
    if (token === '|') open.at(-1)?.push(index + 1);
    else if (token === ')') close(index);
    else if (token.startsWith('(')) open.push([index + token.length]);
  }
  close(source.length);
  return found;
}
