/**
 * `npm run mutate [-- ID…]`: changes checks in small ways, one at a time, runs their rows against each change, and lists those that no row
 * notices. The mutants are files beside the check, removed at once. Exit status 1 when one survives.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { AnyCheck, Verdict } from '../src/model.ts';
import { judge } from '../src/run/judge.ts';
import type { Expected, Row } from './checks/row.ts';
import { rows } from './checks/rows.ts';
import { checkFiles } from './support/check-files.ts';
import { changed } from './support/facts.ts';
import { checkout } from './support/scenarios.ts';

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

interface Mutant {
  readonly line: number;
  readonly change: string;
  readonly text: string;
}
/** Every change of one operator after `run(`, where a check decides. */
function* mutantsOf(text: string): Generator<Mutant> {
  const start = Math.max(0, text.indexOf('run('));
  for (const [from, to] of swaps)
    for (const { index, 0: found } of text.slice(start).matchAll(from)) {
      const at = start + index;
      const line = text.slice(0, at).split('\n').length;
      yield { line, change: `${found.trim()} → ${to.trim()}`, text: text.slice(0, at) + to + text.slice(at + found.length) };
    }
}

const holds = (found: readonly string[] = [], part?: string | readonly string[]): boolean =>
  part === undefined ||
  (typeof part === 'string' ? found.some((text) => text.includes(part)) : part.every((one, i) => found[i]?.includes(one)));

/** Whether a verdict is the one that a row expects; the rule of rows.test.ts. */
function isExpected(verdict: Verdict | undefined, expected: Row[2]): boolean {
  if (typeof expected === 'string') return verdict?.is === expected;
  if (verdict?.is !== 'failed' || verdict.problems.length !== expected.length) return false;
  return expected.every(({ says, evidence, command, fix, explainedBy: _, ...exactly }: Expected, i) => {
    const problem = verdict.problems[i];
    return (
      problem !== undefined &&
      holds([problem.message], says) &&
      holds(problem.evidence, evidence) &&
      holds(problem.fix.commands, command) &&
      holds([problem.fix.text], fix) &&
      Object.entries(exactly).every(([key, value]) => isDeepStrictEqual(problem[key as keyof typeof problem] ?? null, value ?? null))
    );
  });
}
const passes = (check: AnyCheck, [, change, expected]: Row): boolean =>
  isExpected(judge([{ ...check, after: [] }], changed(change))[0]?.verdict, expected);

const chosen = process.argv.slice(2);
const unknown = chosen.filter((id) => !(id in checkFiles));
if (unknown.length > 0) throw new Error(`no check has the id ${unknown.join(', ')}`);
let made = 0;
const survivors: string[] = [];
for (const [id, file] of Object.entries(checkFiles).filter(([id]) => chosen.length === 0 || chosen.includes(id))) {
  for (const { line, change, text } of mutantsOf(readFileSync(join(checkout, file), 'utf8'))) {
    made += 1;
    const path = join(checkout, dirname(file), `_mutant-${made}.ts`);
    writeFileSync(path, text);
    try {
      const { default: mutant } = (await import(pathToFileURL(path).href)) as { readonly default: AnyCheck };
      if ((rows[id] ?? []).every((row) => passes(mutant, row))) survivors.push(`${file}:${line}: ${change}`);
    } finally {
      rmSync(path);
    }
  }
}
for (const survivor of survivors) console.log(survivor);
console.log(`${made} mutants, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;
