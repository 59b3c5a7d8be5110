/** The core tier of the lab finds each check once. */
import { describe, expect, test } from 'vitest';
import { checks } from '../src/checks/index.ts';
import { unrecorded } from './checks/rows.ts';
import { faults } from './lab/faults/index.ts';
import { everyFault, onceEach, smoke } from './lab/tiers.ts';

describe('one fault for each check', () => {
  const finding = (name: string, ...finds: string[]) => ({ name, finds });

  test('is the first that the check is the cause of', () =>
    expect([...onceEach([finding('symptom', 'b', 'a'), finding('first', 'a'), finding('second', 'a')])]).toEqual(['symptom', 'first']));

  test('is the first that shows it where it is never the cause', () =>
    expect([...onceEach([finding('healthy'), finding('one', 'a'), finding('two', 'b', 'c'), finding('three', 'b', 'c')])]).toEqual([
      'one',
      'two',
    ]));
});

test('the core tier finds every check but those of an upgrade, which upgrade.test.ts finds, and of konnectivity and KEDA, which take minutes', () => {
  const core = onceEach(everyFault);
  const found = new Set(everyFault.flatMap(({ name, finds }) => (core.has(name) ? finds : [])));
  const missing = checks.map(({ id }) => id).filter((id) => !found.has(id) && !(id in unrecorded));
  expect(missing).toEqual([
    'tunnel-agents-not-ready',
    'metrics-provider-fails',
    'flag-not-in-kubeadm-config',
    'flag-unknown-after-upgrade',
  ]);
});

test('no two faults have one name', () => {
  const names = everyFault.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test('each fault of the smoke test is injected on the older versions', () => {
  const everywhere = faults.filter((fault) => fault.everywhere).map(({ name }) => name);
  expect([...smoke].filter((name) => !everywhere.includes(name))).toEqual([]);
});
