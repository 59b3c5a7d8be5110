/** Every field of every recorded answer, replaced by what nobody expects: aggctl must say something, and never break. */
import { checks } from '../../src/checks/index.ts';
import { isObject, parseJson } from '../../src/decode.ts';
import { gather } from '../../src/facts/gather.ts';
import type { AnyQuestion, Ask, Observed } from '../../src/model.ts';
import { render } from '../../src/render/index.ts';
import { run } from '../../src/run/index.ts';
import { keyOf } from '../../src/sources/question.ts';
import { opened, optionsOf, scenarios } from '../support/scenarios.ts';
import type { Area } from './area.ts';
import { deep } from './mutate.ts';

type Path = readonly (string | number)[];
/** One change in one answer of one scenario. */
interface Case {
  readonly scenario: string;
  readonly key: string;
  readonly path: Path;
  readonly replacement: string;
}

/** By name; `missing` removes the field. */
const replacements: Readonly<Record<string, () => unknown>> = {
  null: () => null,
  number: () => 5,
  text: () => 'x',
  flag: () => true,
  list: () => ['x', null, 5],
  map: () => ({ name: 5, x: null }),
  deep: () => deep(150),
  'too deep': () => deep(250),
  missing: () => undefined,
};

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  // The first two items of a list stand for all.
  if (Array.isArray(value)) return [path, ...value.slice(0, 2).flatMap((item, index) => pathsIn(item, [...path, index]))];
  if (!isObject(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([name, item]) => pathsIn(item, [...path, name]))];
}

function replaced(value: unknown, [step, ...rest]: Path, by: unknown): unknown {
  if (step === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  return Object.fromEntries(Object.entries(value as object).map(([name, item]) => [name, name === step ? replaced(item, rest, by) : item]));
}

/** The answers of a scenario that are JSON, by their questions. */
async function answersOf(scenario: (typeof scenarios)[number]): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  await runOn(scenario, (question, observed) => {
    const json = question.kind === 'api' && observed.ok ? parseJson((observed.value as { text: string }).text) : undefined;
    if (json !== undefined) answers.set(keyOf(question), json);
    return observed;
  });
  return answers;
}

type Change = (question: AnyQuestion, observed: Observed<unknown>) => Observed<unknown>;
async function runOn(scenario: (typeof scenarios)[number], change: Change): Promise<string> {
  const changing = (ask: Ask): Ask => (async (question: AnyQuestion) => change(question, await ask(question as never))) as Ask;
  const asks = (await Promise.all(scenario.snapshots.map(opened))).map(changing);
  const { asFrontProxy, named, readSecrets, manifest } = optionsOf(scenario);
  const userOptions = {
    targets: 'all' as const,
    history: true,
    ...((asFrontProxy || named) && { targets: [asFrontProxy ?? named ?? ''] }),
    ...(asFrontProxy && { asFrontProxy: true }),
    ...(readSecrets && { readSecrets }),
    targetVersion: 40,
  };
  const { gathered } = await gather(asks, { userOptions, ...(manifest && { manifest }) });
  const diagnosis = run(checks, gathered, { aggctl: '0', source: 'fuzz' });
  const report = { ...diagnosis, summary: { ...diagnosis.summary, exitStatus: 0 as const } };
  const style = { color: 0, width: 80, ascii: false, verbosity: 'verbose', terminal: false, headers: true } as const;
  await render(report, 'text', style);
  const broken = [
    ...report.crashed.map(({ id, error }) => `check ${id}: ${error}`),
    ...report.unavailable.flatMap(({ fact, message }) => (message.includes('bug of aggctl') ? [`fact ${fact}: ${message}`] : [])),
  ];
  return broken.join('; ');
}

/** Of all scenarios, as an area. */
export async function answersArea(among = scenarios): Promise<Area> {
  const cases = await replacementCases(among);
  return {
    name: 'answer',
    async attempt(random) {
      const one = random.pick(cases);
      const reason = await tryReplacement(one);
      const kind = reason.split('\n').slice(0, 2).join(' ');
      return reason && `${kind}\n  ${one.scenario} ${one.key} ${one.path.join('.')} := ${one.replacement}\n${reason.slice(0, 600)}`;
    },
  };
}

/** Every case that tells something new: the same field of the same kind of object is replaced in one scenario alone. */
async function replacementCases(among = scenarios): Promise<readonly Case[]> {
  const seen = new Set<string>();
  const cases: Case[] = [];
  for (const scenario of among)
    for (const [key, json] of await answersOf(scenario)) {
      const { path: asked } = JSON.parse(key) as { path: string };
      for (const path of pathsIn(json)) {
        const kind = `${asked.split('?')[0]} ${path.map((step) => (typeof step === 'number' ? '[]' : step)).join('.')}`;
        if (seen.has(kind)) continue;
        seen.add(kind);
        for (const replacement of Object.keys(replacements)) cases.push({ scenario: scenario.path, key, path, replacement });
      }
    }
  return cases;
}

/** '' when aggctl holds, else what broke. */
async function tryReplacement({ scenario: name, key, path, replacement }: Case): Promise<string> {
  const scenario = scenarios.find((one) => one.path === name);
  if (!scenario) throw new Error(`there is no scenario ${name}`);
  const by = replacements[replacement]?.();
  try {
    return await runOn(scenario, (question, observed) => {
      if (question.kind !== 'api' || !observed.ok || keyOf(question) !== key) return observed;
      const answer = observed.value as { text: string };
      return { ok: true, value: { ...answer, text: JSON.stringify(replaced(parseJson(answer.text), path, by)) ?? '' } };
    });
  } catch (error) {
    return (error as Error).stack ?? String(error);
  }
}
