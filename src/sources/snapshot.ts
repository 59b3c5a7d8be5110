/**
 * A source that answers from what `record` wrote, or a person: a file of JSON lines (lines.ts), or a folder of format 1; or from what other tools
 * collected (foreign/).
 */
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnyQuestion, Ask, Observed } from '../model.ts';
import { type About, answerFrom, asUnavailable, unavailable } from './answer.ts';
import { extended } from './extend.ts';
import type { Foreign } from './foreign/index.ts';
import { folderSnapshot } from './format-1/folder.ts';
import type { Header } from './lines.ts';
import { keyOf, questionOf } from './question.ts';
import { type Contents, headerOf, notSnapshot, readSnapshotFile } from './read-file.ts';

export interface Snapshot {
  readonly ask: Ask;
  /** Why it does not hold everything that was asked, in a clause; null: it does, as far as it can say. */
  readonly incomplete: string | null;
  /** Of a file of our own. */
  readonly header?: Header;
  /** Of what another tool collected. */
  readonly collected?: Foreign['collected'];
  /** What it holds, where it can be listed. */
  readonly questions?: () => Promise<readonly AnyQuestion[]>;
}

/** Opens a snapshot. Not available (`malformed`) when it is none: wrong usage, whose message says so in a sentence. `content` is what the path holds, where that is no file. */
export async function snapshot(path: string, content?: Buffer): Promise<Observed<Snapshot>> {
  if (content) return own(await readSnapshotFile(path, content));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    return existsSync(join(path, 'snapshot.json')) ? folderSnapshot(path) : ((await foreign(path)) ?? notSnapshot(path, unknown));
  if (isArchive(path) && statSync(path, { throwIfNoEntry: false })?.isFile()) return (await foreign(path)) ?? notSnapshot(path, unknown);
  const contents = await readWhole(path);
  if (!contents.ok) return (typeof (await headerOf(path)) === 'string' && !isOurs(path) && (await foreign(path))) || contents;
  return own(contents);
}
function own(contents: Observed<Contents>): Observed<Snapshot> {
  if (!contents.ok) return contents;
  const { header, entries, incomplete = null } = contents.value;
  const questions = async () => [...entries.keys()].map(questionOf);
  return { ok: true, value: { ask: answering(contents.value), incomplete, header, questions } };
}
async function foreign(path: string): Promise<Observed<Snapshot> | null> {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() || found?.isDirectory() ? (await import('./foreign/index.ts')).foreignSnapshot(path) : null;
}
const unknown = 'it holds nothing that aggctl, must-gather, troubleshoot or kubectl collected; name a file that --record wrote';
/** Who else writes a file named like this? */
const isOurs = (path: string): boolean => /\.jsonl(?:\.gz)?$/.test(path);
const isArchive = (path: string): boolean => /\.(?:tar|tar\.gz|tgz)$/i.test(path);

function answering({ header, entries, incomplete }: Contents): Ask {
  const isCut = incomplete !== undefined;
  const about: About = { captured: header.captured, recorded: header.origin === 'recorded' };
  const ask = async (question: AnyQuestion): Promise<Observed<unknown>> => {
    if (question.kind === 'clock') return { ok: true, value: { time: header.captured } };
    const key = keyOf(question);
    const entry = entries.get(key);
    // Where the lines end early, the one that names the server may be among the lost.
    if (!entry && question.kind === 'connection' && isCut && [...entries.keys()].some(isOfApi)) return unnamed;
    if (!entry) return unavailable('excluded', 'not in this snapshot');
    if ('changes' in entry) return unavailable('malformed', `${key} in the snapshot differs from nothing`);
    if ('unavailable' in entry)
      return asUnavailable(entry.unavailable) ?? unavailable('malformed', `${key} in the snapshot says no reason`);
    if (entry.answer === 'none') return { ok: true, value: null };
    return answerFrom(question, entry.answer ?? {}, key, about);
  };
  return ask as Ask;
}

const isOfApi = (key: string): boolean => key.startsWith('{"kind":"api"');
const unnamed = { ok: true, value: { context: '', server: '', from: '' } } as const;

/** More than anybody needs: a scenario of a scenario. */
const deepest = 4;

/** A snapshot file together with what it extends. */
export async function readWhole(path: string, depth = 0): Promise<Observed<Contents>> {
  const own = await readSnapshotFile(path);
  if (!own.ok || own.value.header.extends === undefined) return own;
  const { header, entries } = own.value;
  const name = header.extends;
  if (typeof name !== 'string' || !/^[\w-][\w.-]*$/.test(name) || depth === deepest)
    return notSnapshot(path, `it cannot extend ${JSON.stringify(name)}`);
  const base = await readWhole(join(dirname(path), `${name}.jsonl`), depth + 1);
  if (!base.ok) return notSnapshot(path, `what it extends cannot be read: ${base.message}`);
  return { ok: true, value: { header, entries: extended(base.value.entries, entries) } };
}
