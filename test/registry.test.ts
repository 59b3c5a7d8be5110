import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { type AnyCheck, exitKinds, exitMessageKinds, failureKinds } from '../src/model.ts';
import { explanationsAmong } from '../src/run/causes.ts';
import { exitMessages } from '../src/signatures/exit-messages.ts';
import { exits } from '../src/signatures/exits.ts';
import { other, signatures } from '../src/signatures/index.ts';
import { rows } from './checks/rows.ts';
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
  scenarios: await Promise.all(scenarios.map(async (scenario) => ({ name: scenario.name, gathered: await gathered(scenario) }))),
};

test.each(Object.entries(laws))('the law of %s', (_, law) => {
  expect(breaches(law, registry)).toEqual([]);
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
