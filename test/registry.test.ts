import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import type { AnyCheck } from '../src/model.ts';
import { signatures } from '../src/signatures/index.ts';
import { rows, unrecorded } from './checks/rows.ts';
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
  unrecorded,
  scenarios: await Promise.all(scenarios.map(async (scenario) => ({ name: scenario.name, gathered: await gathered(scenario) }))),
};

test.each(Object.entries(laws))('the law of %s', (_, law) => {
  expect(breaches(law, registry)).toEqual([]);
});

test('each index lists its checks in the order of its steps', () => {
  for (const file of new Set(Object.values(checkFiles).map((check) => `${dirname(check)}/index.ts`))) {
    const text = readFileSync(join(checkout, file), 'utf8');
    const steps = [...text.matchAll(/^export \{ default as (step\d{3}) \} from '\.\/[a-z0-9-]+\.ts';$/gm)].map(([, step]) => step);
    expect({ file, lines: text.trim().split('\n').length - 1, steps: steps.length }).toEqual({
      file,
      lines: steps.length,
      steps: steps.length,
    });
    expect({ file, steps }).toEqual({ file, steps: [...new Set(steps)].sort() });
  }
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
