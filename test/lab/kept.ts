/** Recordings of the lab that the unit tests keep: with UPDATE=1 they are made anew. */
import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ScenarioOptions } from '../support/diagnosed.ts';
import { keepScenario } from '../support/keep-scenario.ts';

const scenarios = fileURLToPath(new URL('../scenarios', import.meta.url));

/** Makes recordings a scenario: one file, or one for each node by its name. */
export async function keptAsScenario(name: string, recordings: string | Readonly<Record<string, string>>, options: ScenarioOptions = {}) {
  if (process.env.UPDATE) await keepScenario(scenarios, name, typeof recordings === 'string' ? { '': recordings } : recordings, options);
}

/** Keeps a recording as it is, by its path in the checkout. */
export async function keptAs(path: string, recording: string): Promise<void> {
  if (process.env.UPDATE) await copyFile(recording, fileURLToPath(new URL(`../../${path}`, import.meta.url)));
}
