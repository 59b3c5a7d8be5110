/**
 * `npm run fuzz [-- SECONDS [SEED [AREA…]]]`: shows hostile inputs to aggctl, of each area in turn: fields of recorded answers, lines of
 * snapshots, kubeconfigs, manifests. Exit status 1 when something breaks.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { random as seeded } from '../sources/random.ts';
import type { Area } from './area.ts';
import { inputs } from './inputs.ts';
import { answersArea } from './replace.ts';

const [seconds = '60', seed = String(Date.now() % 1_000_000), ...names] = process.argv.slice(2);
const all: readonly Area[] = [await answersArea(), ...inputs];
const areas = all.filter(({ name }) => names.length === 0 || names.includes(name));
if (areas.length === 0) throw new Error(`the areas are ${all.map(({ name }) => name).join(', ')}`);
const random = seeded(Number(seed));
console.log(`seed ${seed}`);
// Inputs that break something stay beside the folder.
const kept = mkdtempSync(join(tmpdir(), 'aggctl-fuzz-'));
const folder = join(kept, 'fuzz');
mkdirSync(folder);
const until = performance.now() + Number(seconds) * 1000;
const broken = new Map<string, string>();
const tried = new Map<string, number>();
for (let turn = 0; performance.now() < until; turn += 1) {
  const { name, attempt } = areas[turn % areas.length] as Area;
  tried.set(name, (tried.get(name) ?? 0) + 1);
  const reason = await attempt(random, folder);
  const kind = `${name}: ${reason.split('\n')[0]}`;
  if (reason && !broken.has(kind)) {
    broken.set(kind, reason);
    console.log(`${name}: ${reason}\n`);
  }
}
rmSync(broken.size === 0 ? kept : folder, { recursive: true });
console.log(`seed ${seed}: ${[...tried].map(([name, count]) => `${count} ${name}`).join(', ')}; ${broken.size} kinds of breaks`);
process.exitCode = broken.size > 0 ? 1 : 0;
