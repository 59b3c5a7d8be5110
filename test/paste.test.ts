/** Printed commands are safe to paste: whatever a server or a file says, it stands in them as one quoted word. PASTE=all tries every value. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import type { AnyCheck, Problem } from '../src/model.ts';
import { inTermsOf } from '../src/owners/words.ts';
import { judge } from '../src/run/judge.ts';
import { gathered, scenarios } from './support/scenarios.ts';

const everything = process.env.PASTE === 'all';
const mark = 'HOSTILE';
/** The one value that needs no quotes; a dash needs some at the start of a word alone. */
const plain = `../../${mark}`;
const hostile = [
  `;touch ${mark}`,
  `$(touch ${mark})`,
  `\`touch ${mark}\``,
  `'; touch ${mark}; '`,
  `"; touch ${mark}; "`,
  `\n;touch ${mark}\n`,
  `-${mark}`,
  plain,
  ` ${mark} # `,
  `\x1b]52;c;${mark}\x07`,
];

type Path = readonly (string | number)[];
/** Where strings are, in plain data. */
function stringsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === 'string') return [path];
  if (Array.isArray(value)) return value.flatMap((each, index) => stringsIn(each, [...path, index]));
  if (value === null || typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([name, each]) => stringsIn(each, [...path, name]));
}
/** The same data with another string in one place. */
function replaced(value: unknown, [name, ...rest]: Path, by: (text: string) => string): unknown {
  if (name === undefined) return by(value as string);
  if (Array.isArray(value)) return value.map((each, index) => (index === name ? replaced(each, rest, by) : each));
  return { ...(value as object), [name]: replaced((value as Record<string, unknown>)[name], rest, by) };
}

/** What the shell reads as syntax: without what stands in single quotes. Comments count, because zsh reads them as arguments, even to be flags. */
const syntaxOf = (command: string): string => command.replace(/'[^']*'|\\'/g, '');
const breaches = (command: string): readonly string[] => [
  ...(/[\p{Cc}\p{Cf}]/u.test(command) ? ['a control character'] : []),
  ...(syntaxOf(command)
    .replaceAll(plain, '')
    .replace(new RegExp(`(?<=[^\\s])-${mark}`, 'g'), '')
    .includes(mark)
    ? ['not quoted']
    : []),
  ...(new RegExp(`^(?!.* -- ).*(?:^|\\s)[^-\\s]\\S* '-${mark}`).test(command) || new RegExp(`# .*'-${mark}`).test(command)
    ? ['an operand is a flag']
    : []),
];

/** Runs a check again on its facts, with a hostile value in one place after the other. */
function* swept(run: AnyCheck['run'], facts: object, most: number): Generator<string> {
  const paths = stringsIn(facts);
  const step = Math.max(1, Math.ceil(paths.length / most));
  for (const [index, path] of paths.entries()) {
    if (index % step !== 0) continue;
    const values = everything ? hostile : [hostile[(index / step) % hostile.length] ?? ''];
    for (const value of values)
      for (const by of [() => value, (text: string) => text + value, (text: string) => `${text}/${value}`])
        yield* commandsOf(run, replaced(facts, path, by));
  }
}
function commandsOf(run: AnyCheck['run'], facts: unknown): readonly string[] {
  let problems: readonly Problem[] | null;
  try {
    problems = run(facts as never);
  } catch {
    // A check may fail on what no decoder lets pass.
    return [];
  }
  return (problems ?? []).flatMap(({ fix }) => inTermsOf(null, fix).commands).filter((command) => command.includes(mark));
}

async function printed(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const found = new Map<string, Set<string>>();
  const times = new Map<string, number>();
  for (const scenario of scenarios) {
    const facts = await gathered(scenario);
    const sweeping = checks.map((check): AnyCheck => {
      const run = (given: never) => {
        const problems = check.run(given);
        const before = times.get(check.id) ?? 0;
        if (!problems?.some(({ fix }) => inTermsOf(null, fix).commands.length) || (before >= 2 && !everything)) return problems;
        times.set(check.id, before + 1);
        const own = Object.fromEntries([...check.needs, ...(check.wants ?? [])].map((name) => [name, given[name]]));
        const commands = found.get(check.id) ?? new Set();
        for (const command of swept(check.run, own, everything ? Number.POSITIVE_INFINITY : 200)) commands.add(command);
        found.set(check.id, commands);
        return problems;
      };
      return { ...check, run };
    });
    judge(sweeping, facts);
  }
  return found;
}

test('a hostile value stands in a command only as one quoted word', { timeout: everything ? 3_600_000 : 60_000 }, async () => {
  const found = await printed();
  const commands = [...found.values()].flatMap((each) => [...each]);
  expect(commands.flatMap((command) => breaches(command).map((breach) => `${breach}: ${command}`))).toEqual([]);
  execFileSync('/bin/sh', ['-n'], { input: commands.map((command) => `${command}\n`).join('') });
  const reached = [...found].filter(([, each]) => each.size > 0);
  if (process.env.PASTE) console.info(`${commands.length} commands of ${reached.length} checks`);
  expect(reached.length).toBeGreaterThan(50);
  expect(commands.length).toBeGreaterThan(500);
});

test.each([`a ${mark}`, `a 'b'${mark}`, `a "${mark}"`, `a '' ${mark}`, `a # ${mark}`, `a '-${mark}'`, `a '\n${mark}'`])(
  'the search finds the hole in %j',
  (command) => expect(breaches(command)).toHaveLength(1),
);
test.each([`a '; ${mark}'`, `a -n '-${mark}'`, `a -- '-${mark}'`, `a ${plain}`, `a 'o'\\''; ${mark}'`])('and none in %j', (command) =>
  expect(breaches(command)).toEqual([]),
);
