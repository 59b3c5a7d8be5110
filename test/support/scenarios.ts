/** The scenarios: snapshots of real clusters, and what aggctl says of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Gathered } from '../../src/check.ts';
import { minorVersion } from '../../src/commands/spans.ts';
import { type GatheredHere, gather } from '../../src/facts/gather.ts';
import { snapshot } from '../../src/sources/snapshot.ts';

export const checkout = fileURLToPath(new URL('../..', import.meta.url));

export interface Scenario {
  readonly name: string;
  /** From the checkout's root, so that it reads the same everywhere. */
  readonly folder: string;
}
const inside = (parent: string): readonly Scenario[] =>
  existsSync(join(checkout, parent))
    ? readdirSync(join(checkout, parent))
        .sort()
        .map((name) => ({ name, folder: `${parent}/${name}` }))
    : [];

/** Those of the tests, and the demos that ship with aggctl. */
export const scenarios: readonly Scenario[] = [...inside('test/scenarios'), ...inside('demo')];

interface ScenarioOptions {
  readonly targetVersion?: string;
  readonly manifest?: string;
  /** The APIService that was checked by itself, its extension server asked directly. */
  readonly asFrontProxy?: string;
  /** The APIService that was checked by itself. */
  readonly named?: string;
  readonly readSecrets?: boolean;
}
/** What was asked for beside the snapshot: `options.json`, when there is one. */
export function optionsOf({ folder }: Scenario): ScenarioOptions {
  const path = join(checkout, folder, 'options.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/** Its snapshots, from the checkout's root: `snapshot`, or one for each node, `snapshot-NODE`. */
export const snapshotsOf = ({ folder }: Scenario): readonly string[] =>
  readdirSync(join(checkout, folder))
    .filter((name) => name.startsWith('snapshot'))
    .sort()
    .map((name) => `${folder}/${name}`);

/** Gathered once for all tests of a worker: the facts are immutable. */
const known = new Map<string, Promise<GatheredHere>>();
/** What is gathered of a scenario, and in which waves. Fails when it is no snapshot. */
export function gatheredHere(scenario: Scenario): Promise<GatheredHere> {
  const found = known.get(scenario.folder) ?? gatherScenario(scenario);
  known.set(scenario.folder, found);
  return found;
}
export const gathered = async (scenario: Scenario): Promise<Gathered> => (await gatheredHere(scenario)).gathered;

async function gatherScenario(scenario: Scenario): Promise<GatheredHere> {
  const asks = await Promise.all(
    snapshotsOf(scenario).map(async (folder) => {
      const opened = await snapshot(join(checkout, folder));
      if (!opened.ok) throw new Error(opened.message);
      return opened.value;
    }),
  );
  const { targetVersion, asFrontProxy, named, readSecrets, ...manifest } = optionsOf(scenario);
  const choices = {
    ...(targetVersion && { targetVersion: minorVersion('targetVersion', targetVersion) }),
    ...(named && { targets: [named] }),
    ...(asFrontProxy && { targets: [asFrontProxy], asFrontProxy: true }),
    ...(readSecrets && { readSecrets }),
  };
  return gather(asks, { choices, ...manifest });
}
