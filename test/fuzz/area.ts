/** What fuzzing has in common: an area makes a hostile input and shows it to aggctl. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, type Ran, run } from '../cli/aggctl.ts';
import type { Random } from '../sources/random.ts';

export interface Area {
  readonly name: string;
  /** Tries one input of the area. '' when aggctl holds, else the input and what broke. */
  readonly attempt: (random: Random, folder: string) => Promise<string>;
}

/** The exit statuses that README lists. */
const statuses: readonly (number | null)[] = [0, 1, 2, 3, 124, 129, 130, 143];
/** What only a mistake in aggctl prints. */
const ofBugs =
  /^ {4}at |TypeError|RangeError|ReferenceError|Cannot read prop|is not a function|bug (?:in|of) aggctl|\[object Object\]|Invalid Date/m;
/** What a terminal obeys. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are searched for.
const obeyed = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

/** What is wrong with how a program ended; '' when nothing is. */
export function faultsOf({ status, signal, stdout, stderr }: Ran): string {
  const all = stdout + stderr;
  const [bug] = ofBugs.exec(all) ?? [];
  const [raw] = obeyed.exec(all) ?? [];
  return [
    ...(statuses.includes(status) ? [] : [`exit status ${status}, signal ${signal}`]),
    ...(bug === undefined ? [] : [`it says ${JSON.stringify(bug)}`]),
    ...(raw === undefined ? [] : [`a raw ${JSON.stringify(raw)}`]),
  ].join(', ');
}

/** Runs aggctl on a file with this text, which stands for FILE in the arguments. '' when it ends as it should. */
export async function tryText(args: readonly string[], text: string | Buffer, folder: string): Promise<string> {
  const file = join(folder, 'input');
  writeFileSync(file, text);
  const ran = await run([...program, ...args.map((arg) => (arg === 'FILE' ? file : arg))], { cwd: folder });
  const reason = faultsOf(ran);
  const kept = `${folder}-${args[0]}-${Buffer.from(text).length}-${Date.now()}`;
  if (reason) writeFileSync(kept, text);
  return reason && `${reason}\n  aggctl ${args.join(' ')}, FILE is ${kept}\n${(ran.stdout + ran.stderr).slice(0, 1500)}`;
}
