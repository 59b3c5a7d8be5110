/** What other tools collected, made of recordings: the findings are those of the recording, as far as the tool collects what they rest on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { gather } from '../../src/facts/gather.ts';
import type { Ask } from '../../src/model.ts';
import { run } from '../../src/run/index.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { type Files, layOut, restricted, type Tool, worldOf } from '../support/layouts.ts';
import { checkout, opened, scenarioOf } from '../support/scenarios.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function written(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'aggctl-foreign-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function found(ask: Ask) {
  const { gathered } = await gather([ask], { userOptions: {} });
  const { findings, unavailable, passed, crashed, apiservers } = run(checks, gathered, { aggctl: '0', source: 'x' });
  return { findings, passed: passed.map(({ id, subject }) => `${id} ${subject.name}`), crashed, apiservers, unavailable };
}
const tools = Object.keys(layOut) as Tool[];
const names = (process.env.SCENARIOS ?? 'healthy').split(',');
describe.each(names)('%s', (name) => {
  test.each(tools)('%s', async (tool) => {
    const file = scenarioOf(name).snapshots[0] as string;
    const world = await worldOf(join(checkout, file));
    const folder = written(layOut[tool](world));
    const read = await snapshot(folder);
    if (!read.ok) {
      expect(read.message).toMatch(/ is not a snapshot: /);
      expect((await found(restricted(await opened(file), tool, world.captured))).findings).toEqual([]);
      return;
    }
    const clock = await read.value.ask({ kind: 'clock' });
    const there = await found(read.value.ask);
    const here = await found(restricted(await opened(file), tool, clock.ok ? clock.value.time : ''));
    expect(there.crashed).toEqual([]);
    expect(there).toEqual(here);
  });
});
