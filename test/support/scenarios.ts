/** The scenarios: snapshots of real clusters, and what aggctl says of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Gathered } from '../../src/check.ts';
import { minorVersion } from '../../src/commands/spans.ts';
import { type GatheredHere, gather } from '../../src/facts/gather.ts';
import type { Ask, Report } from '../../src/model.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { diagnosed, type ScenarioOptions } from './diagnosed.ts';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

export interface Scenario {
  readonly name: string;
  /** From the checkout's root, so that it reads the same everywhere: `test/scenarios/NAME`. */
  readonly path: string;
  /** Its snapshots: NAME.jsonl, or one for each node, NAME.NODE.jsonl. */
  readonly snapshots: readonly string[];
}
function inside(folder: string): readonly Scenario[] {
  const files = readdirSync(join(checkout, folder))
    .filter((file) => file.endsWith('.jsonl'))
    .sort();
  const names = [...new Set(files.map((file) => file.split('.')[0] as string))].sort();
  return names.map((name) => ({
    name,
    path: `${folder}/${name}`,
    snapshots: files.filter((file) => file.startsWith(`${name}.`)).map((file) => `${folder}/${file}`),
  }));
}

/** Those of the tests, and the demos that ship with aggctl. */
export const scenarios: readonly Scenario[] = [...inside('test/scenarios'), ...inside('demo')];

/** The scenario of the tests that has this name. */
export function scenarioOf(name: string): Scenario {
  const found = scenarios.find(({ path }) => path === `test/scenarios/${name}`);
  if (!found) throw new Error(`there is no scenario ${name}`);
  return found;
}

/** What was asked for beside the snapshot: `options` in the header. */
export function optionsOf({ snapshots: [first = ''] }: Scenario): ScenarioOptions {
  const [header = ''] = readFileSync(join(checkout, first), 'utf8').split('\n', 1);
  return JSON.parse(header).options ?? {};
}

/** Opens one of its snapshots. Fails when it is none. */
export async function opened(path: string): Promise<Ask> {
  const found = await snapshot(join(checkout, path));
  if (!found.ok) throw new Error(found.message);
  return found.value.ask;
}

/** Gathered once for all tests of a worker: the facts are immutable. */
const known = new Map<string, Promise<GatheredHere>>();
/** What is gathered of a scenario, and in which waves. Fails when it is no snapshot. */
export function gatheredHere(scenario: Scenario): Promise<GatheredHere> {
  const found = known.get(scenario.path) ?? gatherScenario(scenario);
  known.set(scenario.path, found);
  return found;
}
export const gathered = async (scenario: Scenario): Promise<Gathered> => (await gatheredHere(scenario)).gathered;

const reports = new Map<string, Promise<Report>>();
/** What aggctl says of a scenario; diagnosed once for all tests of a worker, too. */
export function reported(scenario: Scenario): Promise<Report> {
  // Relative, so that the report reads the same in every checkout.
  const found = reports.get(scenario.path) ?? diagnosed(scenario.snapshots, optionsOf(scenario));
  reports.set(scenario.path, found);
  return found;
}

const gatherScenario = async (scenario: Scenario): Promise<GatheredHere> =>
  gatherFrom(scenario, await Promise.all(scenario.snapshots.map(opened)));

/** Gathers as the scenario's options say, from these sources. */
export function gatherFrom(scenario: Scenario, asks: readonly Ask[]): Promise<GatheredHere> {
  const { targetVersion, asFrontProxy, named, readSecrets, ...manifest } = optionsOf(scenario);
  const userOptions = {
    ...(targetVersion && { targetVersion: minorVersion('targetVersion', targetVersion) }),
    ...(named && { targets: [named] }),
    ...(asFrontProxy && { targets: [asFrontProxy], asFrontProxy: true }),
    ...(readSecrets && { readSecrets }),
  };
  return gather(asks, { userOptions, ...manifest });
}
