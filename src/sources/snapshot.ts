/** A source that answers from what `record` wrote, or a person: a file of JSON lines (lines.ts), or a folder of format 1. */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnyQuestion, Ask, Observed } from '../model.ts';
import { type About, answerFrom, asUnavailable, unavailable } from './answer.ts';
import { extended } from './extend.ts';
import { folderSnapshot } from './format-1/folder.ts';
import { keyOf } from './question.ts';
import { type Contents, notSnapshot, readSnapshotFile } from './read-file.ts';

export interface Snapshot {
  readonly ask: Ask;
  /** Why it does not hold everything that was asked, in a clause; null: it does, as far as it can say. */
  readonly incomplete: string | null;
}

/** Opens a snapshot. Not available (`malformed`) when it is none: wrong usage, whose message says so in a sentence. `content` is what the path holds, where that is no file. */
export async function snapshot(path: string, content?: Buffer): Promise<Observed<Snapshot>> {
  if (!content && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return folderSnapshot(path);
  const contents = await (content ? readSnapshotFile(path, content) : readWhole(path));
  if (!contents.ok) return contents;
  return { ok: true, value: { ask: answering(contents.value), incomplete: contents.value.incomplete ?? null } };
}

function answering({ header, entries }: Contents): Ask {
  const about: About = { captured: header.captured, recorded: header.origin === 'recorded' };
  const ask = async (question: AnyQuestion): Promise<Observed<unknown>> => {
    if (question.kind === 'clock') return { ok: true, value: { time: header.captured } };
    const key = keyOf(question);
    const entry = entries.get(key);
    if (!entry) return unavailable('excluded', 'not in this snapshot');
    if ('changes' in entry) return unavailable('malformed', `${key} in the snapshot differs from nothing`);
    if ('unavailable' in entry)
      return asUnavailable(entry.unavailable) ?? unavailable('malformed', `${key} in the snapshot says no reason`);
    if (entry.answer === 'none') return { ok: true, value: null };
    return answerFrom(question, entry.answer ?? {}, key, about);
  };
  return ask as Ask;
}

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
