/**
 * `npm run mutate [-- ID…]`: changes checks in small ways, one at a time, runs their rows against each change, and lists those that no row
 * notices; then the same of src/signatures/ and the texts of test/signatures/. The mutants are files beside the original, removed at once.
 * Exit status 1 when one survives.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { checks } from '../src/checks/index.ts';
import type { AnyCheck, Verdict } from '../src/model.ts';
import { reaching } from '../src/run/attribute.ts';
import { explanationsAmong } from '../src/run/causes.ts';
import { judge } from '../src/run/judge.ts';
import type { Expected, Row } from './checks/row.ts';
import { rows } from './checks/rows.ts';
import { modules } from './signatures/index.ts';
import { checkFiles } from './support/check-files.ts';
import { changed } from './support/facts.ts';
import { lessThan, mutantsOf } from './support/mutants.ts';
import { checkout } from './support/scenarios.ts';

const holds = (found: readonly string[] = [], part?: string | readonly string[]): boolean =>
  part === undefined ||
  (typeof part === 'string'
    ? found.some((text) => text.includes(part))
    : found.length === part.length && part.every((one, i) => found[i]?.includes(one)));

const explanations = explanationsAmong(checks);
/** Whether a verdict is the one that a row expects; the rule of rows.test.ts. */
function isExpected(check: AnyCheck, verdict: Verdict | undefined, expected: Row[2]): boolean {
  if (typeof expected === 'string') return verdict?.is === expected;
  if (verdict?.is !== 'failed' || verdict.problems.length !== expected.length) return false;
  return expected.every(({ says, evidence, effects, command, fix, explainedBy, latent, ...exactly }: Expected, i) => {
    const problem = verdict.problems[i];
    return (
      problem !== undefined &&
      holds([reaching(problem, 'every user').message], says) &&
      holds(problem.evidence, evidence) &&
      holds(problem.effects, effects) &&
      holds(problem.fix.commands, command) &&
      holds([problem.fix.text], fix) &&
      (latent === undefined || latent === (problem.latent ?? false)) &&
      (!explainedBy || isDeepStrictEqual(explanations(check, problem).toSorted(), explainedBy.toSorted())) &&
      Object.entries(exactly).every(([key, value]) => isDeepStrictEqual(problem[key as keyof typeof problem] ?? null, value ?? null))
    );
  });
}
const passes = (check: AnyCheck, [, change, expected]: Row): boolean =>
  isExpected(check, judge([{ ...check, after: [] }], changed(change))[0]?.verdict, expected);

let made = 0;
const survivors: string[] = [];

/** A mutant that breaks is noticed, too. */
const isNoticed = async <M>(path: string, notices: (module: M) => boolean): Promise<boolean> =>
  import(pathToFileURL(path).href).then(notices, () => true).catch(() => true);

/** Every change of one operator in a file that what it exports does not betray. */
async function mutate<M>(file: string, notices: (module: M) => boolean): Promise<void> {
  if (await isNoticed(join(checkout, file), notices)) throw new Error(`${file} fails as it is`);
  for (const { line, change, text } of mutantsOf(readFileSync(join(checkout, file), 'utf8'))) {
    made += 1;
    const path = join(checkout, dirname(file), `_mutant-${made}.ts`);
    writeFileSync(path, text);
    try {
      if (!(await isNoticed(path, notices))) survivors.push(`${file}:${line}: ${change}`);
    } finally {
      rmSync(path);
    }
  }
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((id) => !(id in checkFiles));
if (unknown.length > 0) throw new Error(`no check has the id ${unknown.join(', ')}`);
for (const [id, file] of Object.entries(checkFiles).filter(([id]) => chosen.length === 0 || chosen.includes(id)))
  await mutate<{ default: AnyCheck }>(file, (module) => !(rows[id] ?? []).every((row) => passes(module.default, row)));

for (const { file, rows, cases } of chosen.length === 0 ? modules : []) {
  const notices = (module?: unknown) => cases(module).some(([, found, expected]) => !isDeepStrictEqual(found, expected));
  await mutate(file, notices);
  for (const row of rows) {
    const { kind, matches } = row;
    for (const less of lessThan(matches)) {
      made += 1;
      row.matches = less.matches;
      if (!notices()) survivors.push(`${file}: ${kind}: ${less.change}`);
    }
    row.matches = matches;
  }
}
for (const survivor of survivors) console.log(survivor);
console.log(`${made} mutants, ${survivors.length} survived`);
process.exitCode = survivors.length > 0 ? 1 : 0;
