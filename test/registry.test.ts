import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { type AnyCheck, exitKinds, exitMessageKinds, failureKinds } from '../src/model.ts';
import { explanationsAmong } from '../src/run/causes.ts';
import { exitMessages } from '../src/signatures/exit-messages.ts';
import { exits } from '../src/signatures/exits.ts';
import { other, signatures } from '../src/signatures/index.ts';
import { rows, unrecorded } from './checks/rows.ts';
import { checkFiles } from './support/check-files.ts';
import { cycles } from './support/imports.ts';
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

test('each kind of text has one row, and no name stands for two of them or for a check', () => {
  const rows = [...signatures, other, ...exits, ...exitMessages].map(({ kind }) => kind);
  expect(rows.toSorted()).toEqual([...failureKinds, ...exitKinds, ...exitMessageKinds].sort());
  expect(new Set([...rows, ...checks.map(({ id }) => id)]).size).toBe(rows.length + checks.length);
});

test('no check causes itself, by however many others', () => {
  const explanations = explanationsAmong(checks);
  const graph = Object.fromEntries(checks.map((check) => [check.id, explanations(check)]));
  expect(cycles(graph)).toEqual([]);
});
