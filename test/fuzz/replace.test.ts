import { expect, test } from 'vitest';
import { random } from '../sources/random.ts';
import { scenarioOf } from '../support/scenarios.ts';
import { replacementCases, tryReplacement } from './replace.ts';

/** Scenarios that ask for much. `npm run fuzz` takes all. */
const names = ['extension-server-crashes-memory', 'rights-granted-to-front-proxy', 'apiservice-deletion-stuck'];

test('a field of another type breaks no fact and no check', { timeout: 60_000 }, async () => {
  const cases = await replacementCases(names.map(scenarioOf));
  expect(cases.length).toBeGreaterThan(1000);
  const { below } = random(7);
  for (let time = 0; time < 60; time += 1) {
    const one = cases[below(cases.length)];
    if (one) expect(await tryReplacement(one), JSON.stringify(one)).toBe('');
  }
});
