/** Makes recordings a scenario of the unit tests, told as a difference from a healthy cluster. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { difference } from '../../src/sources/extend.ts';
import { document, type Entry, encodeEntry, type Header } from '../../src/sources/lines.ts';
import { type Contents, readSnapshotFile } from '../../src/sources/read-file.ts';
import { readWhole } from '../../src/sources/snapshot.ts';
import { diagnosed, type ScenarioOptions, wrongIn } from './diagnosed.ts';
import { quieted } from './noise.ts';

/** Healthy clusters that others differ from. The first that gives the shortest scenario is taken; they extend nothing themselves. */
const bases: readonly string[] = ['healthy'];

/** What is taken from the base where it differs by chance alone. */
type Quiet = 'keys and times' | 'times' | 'nothing';

/**
 * Writes NAME.jsonl, or of several nodes NAME.NODE.jsonl, into a folder of scenarios: without the noise of this recording if the same is
 * found then, else as it was recorded. A base that is there already is left alone, for others extend it.
 */
export async function keepScenario(
  folder: string,
  name: string,
  recordings: Readonly<Record<string, string>>,
  options: ScenarioOptions = {},
): Promise<Quiet | 'base'> {
  const kept = Object.keys(recordings).map((node) => join(folder, `${name}${node && `.${node}`}.jsonl`));
  const own = await Promise.all(Object.values(recordings).map(contentsOf));
  if (bases.includes(name)) {
    if (!existsSync(kept[0] as string)) writeFileSync(kept[0] as string, readFileSync(Object.values(recordings)[0] as string));
    return 'base';
  }
  const found = wrongIn(await diagnosed(Object.values(recordings), options));
  for (const quiet of own.length === 1 ? (['keys and times', 'times', 'nothing'] as const) : (['nothing'] as const)) {
    for (const [index, one] of own.entries()) writeFileSync(kept[index] as string, await shortest(folder, one, quiet, options));
    const replayed = await diagnosed(kept, options).then(wrongIn, () => null);
    if (JSON.stringify(replayed) === JSON.stringify(found)) return quiet;
  }
  for (const file of kept) rmSync(file);
  throw new Error(`the scenario ${name} does not show what its recording shows`);
}

async function contentsOf(file: string): Promise<Contents> {
  const contents = await readSnapshotFile(file);
  if (!contents.ok) throw new Error(contents.message);
  return contents.value;
}

/** The text of a scenario: a difference from one of the bases, or whole where that is shorter. */
async function shortest(folder: string, { header, entries }: Contents, quiet: Quiet, options: ScenarioOptions): Promise<string> {
  const asked = Object.keys(options).length > 0 ? { options } : {};
  const texts = [document({ ...header, ...asked } as Header, linesOf(entries))];
  for (const base of bases) {
    const whole = await readWhole(join(folder, `${base}.jsonl`));
    if (!whole.ok) throw new Error(whole.message);
    const { captured } = quiet === 'nothing' ? header : whole.value.header;
    const span = { from: header.captured, to: captured, keys: quiet === 'keys and times' };
    const told = quiet === 'nothing' ? entries : quieted(entries, whole.value.entries, span);
    const first = { ...header, captured, extends: base, ...asked };
    texts.push(`${[JSON.stringify(first), ...linesOf(difference(told, whole.value.entries)).sort()].join('\n')}\n`);
  }
  return texts.reduce((best, text) => (text.length < best.length ? text : best));
}

const linesOf = (entries: ReadonlyMap<string, Entry>): string[] => [...entries].map(([key, entry]) => encodeEntry(key, entry));
