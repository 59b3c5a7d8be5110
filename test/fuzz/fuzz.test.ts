import { expect, test } from 'vitest';
import { emptyFolder } from '../cli/aggctl.ts';
import { random } from '../sources/random.ts';
import { scenarioOf } from '../support/scenarios.ts';
import { faultsOf } from './area.ts';
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

const fine = { status: 2, signal: null, stdout: 'a\tb\nlook at this\n', stderr: 'aggctl: x is not a snapshot\n' };
test.each([
  [{}, ''],
  [{ status: 134 }, 'exit status 134'],
  [{ status: null, signal: 'SIGSEGV' as const }, 'signal SIGSEGV'],
  [{ stderr: 'x\n    at y (z.ts:1:1)\n' }, 'it says'],
  [{ stdout: 'Cannot read properties of null' }, 'it says'],
  [{ stderr: 'aggctl: this is a bug in aggctl' }, 'it says'],
  [{ stdout: 'a\x1b]52;c;eA==\x07' }, 'a raw "\\u001b"'],
  [{ stderr: '\u009b31m' }, 'a raw'],
])('of a program that ended with %j it says %j', (end, fault) => {
  const found = faultsOf({ ...fine, ...end });
  expect(found === '').toBe(fault === '');
  expect(found).toContain(fault);
});
