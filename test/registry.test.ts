import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import type { AnyCheck } from '../src/model.ts';
import { signatures } from '../src/signatures/index.ts';
import { rows } from './checks/rows.ts';
import { checkFiles } from './support/check-files.ts';
import { breaches, laws, type Registry } from './support/laws.ts';
import { checkout, gathered, scenarios } from './support/scenarios.ts';

const registry: Registry = {
  checks,
  files: Object.fromEntries(
    await Promise.all(
      Object.entries(checkFiles).map(async ([id, file]) => [
        id,
        (await import(pathToFileURL(join(checkout, file)).href)).default as AnyCheck,
      ]),
    ),
  ),
  rows,
  scenarios: await Promise.all(scenarios.map(async (scenario) => ({ name: scenario.name, gathered: await gathered(scenario) }))),
};

test.each(Object.entries(laws))('the law of %s', (_, law) => {
  expect(breaches(law, registry)).toEqual([]);
});

test('rows belong to checks', () => {
  expect(Object.keys(rows).filter((id) => !checks.some((check) => check.id === id))).toEqual([]);
});

test('signatures name checks, and none that an APIService that does not serve could not stand under', () => {
  const symptoms = checks.filter(({ id }) => id === 'apiservice-unavailable' || id === 'apiservice-in-transition');
  expect(symptoms).toHaveLength(2);
  for (const { id, explainedBy = [] } of symptoms) {
    const strangers = signatures.flatMap((row) => row.explainedBy.filter((cause) => !explainedBy.includes(cause)));
    expect({ id, strangers }).toEqual({ id, strangers: [] });
  }
});
