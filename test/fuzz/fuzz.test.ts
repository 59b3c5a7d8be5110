import { expect, test } from 'vitest';
import { emptyFolder } from '../cli/aggctl.ts';
import { random } from '../sources/random.ts';
import { scenarioOf } from '../support/scenarios.ts';
import { inputs } from './inputs.ts';
import { answersArea } from './replace.ts';

/** Scenarios that ask for much. `npm run fuzz` takes all. */
const names = ['extension-server-crashes-memory', 'rights-granted-to-front-proxy', 'apiservice-deletion-stuck'];

test('a field of another type breaks no fact and no check', { timeout: 60_000 }, async () => {
  const { attempt } = await answersArea(names.map(scenarioOf));
  const seeded = random(7);
  for (let time = 0; time < 60; time += 1) expect(await attempt(seeded, '')).toBe('');
});

test.each(inputs)('a hostile $name costs one sentence', { timeout: 60_000 }, async ({ attempt }) => {
  const folder = emptyFolder();
  const seeded = random(7);
  for (let time = 0; time < 4; time += 1) expect(await attempt(seeded, folder)).toBe('');
});
