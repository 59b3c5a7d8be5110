/** What a recording keeps is all that a report needs: each scenario is recorded anew from itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keeper } from '../../src/facts/kept/index.ts';
import type { Report } from '../../src/model.ts';
import { record } from '../../src/sources/record.ts';
import { diagnosed } from '../support/diagnosed.ts';
import { gatherFrom, opened, optionsOf, reported, type Scenario, scenarios } from '../support/scenarios.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'aggctl-kept-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Gives the snapshots of the new recording, one a node. */
async function recordedAnew(scenario: Scenario): Promise<readonly string[]> {
  const files = scenario.snapshots.map((path) => join(folder, path.replaceAll('/', '-')));
  const recordings = await Promise.all(
    scenario.snapshots.map(async (path, index) => {
      const recording = await record(await opened(path), files[index] ?? '', { version: '0.1.0', keep: keeper() });
      if (!recording.ok) throw new Error(recording.message);
      return recording.value;
    }),
  );
  await gatherFrom(
    scenario,
    recordings.map(({ ask }) => ask),
  );
  await Promise.all(recordings.map(({ finish }) => finish()));
  return files;
}

const compared = ({ findings, unavailable, skipped, crashed, summary }: Report) => ({ findings, unavailable, skipped, crashed, summary });

test.each(scenarios.map((scenario) => [scenario.path, scenario] as const))('%s', async (_, scenario) => {
  const anew = await diagnosed(await recordedAnew(scenario), optionsOf(scenario));
  expect(compared(anew)).toEqual(compared(await reported(scenario)));
});
