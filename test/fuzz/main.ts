/** `npm run fuzz [-- SECONDS [SEED]]`: replaces fields of recorded answers, in random order. Exit status 1 when something breaks. */
import { random as seeded } from '../sources/random.ts';
import { replacementCases, tryReplacement } from './replace.ts';

const [seconds = '60', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const cases = await replacementCases();
const random = seeded(Number(seed));
const shuffled = cases.map((one) => ({ one, rank: random.below(2 ** 30) })).sort((a, b) => a.rank - b.rank);
const until = performance.now() + Number(seconds) * 1000;
const broken = new Map<string, string>();
let tried = 0;
for (const { one } of shuffled) {
  if (performance.now() > until) break;
  tried += 1;
  const reason = await tryReplacement(one);
  const kind = reason.split('\n').slice(0, 2).join(' ');
  if (reason && !broken.has(kind))
    broken.set(kind, `${one.scenario} ${one.key} ${one.path.join('.')} := ${one.replacement}\n  ${reason.slice(0, 600)}`);
}
for (const text of broken.values()) console.log(text);
console.log(`seed ${seed}: ${tried} of ${cases.length} replacements, ${broken.size} kinds of breaks`);
process.exitCode = broken.size > 0 ? 1 : 0;
