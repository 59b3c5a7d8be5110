/** A source that saves each answer of another source in a directory, which `snapshot` replays. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Answer, AnyQuestion, Ask, Observed } from '../model.ts';
import { isInTheWay, isMissing, partialFolder, writeInside } from './folder.ts';
import { canonical, type Location, locate } from './layout.ts';
import { type Manifest, readManifest } from './snapshot.ts';

export interface Recording {
  /**
   * Asks the source and keeps what it answers. A question is asked once: repeated, also at the same moment, it gives the first answer
   * again, so that this run sees what the snapshot will show; `nth` keeps real repetitions apart. Asked after `finish`, it records nothing.
   */
  readonly ask: Ask;
  /** Waits for what is being asked and marks the snapshot as complete. Not available when an answer could not be written. Gives the number of answers. */
  readonly finish: () => Promise<Observed<number>>;
}

/**
 * Begins a recording in `dir`, which must be new, empty, or an earlier recording, which is replaced; anything else is wrong usage (not
 * available, `malformed`). `aggctl` is the version of this program. What `ask` answers is written as it is: secrets stop at the source.
 */
export async function record(ask: Ask, dir: string, { aggctl }: { readonly aggctl: string }): Promise<Observed<Recording>> {
  const clock = await ask({ kind: 'clock' });
  if (!clock.ok) return clock;
  const manifest: Manifest = { format: 1, capturedAt: clock.value.time, aggctl, origin: 'recorded', complete: false };
  try {
    const refusal = await prepare(dir);
    if (refusal !== null) return { ok: false, why: 'malformed', message: `cannot record into ${dir}: ${refusal}` };
    await writeInside(dir, ['snapshot.json'], json(manifest));
  } catch (error) {
    return { ok: false, why: 'malformed', message: `cannot record into ${dir}: ${(error as Error).message}` };
  }

  const kept = new Map<string, Promise<Observed<unknown>>>([[canonical({ kind: 'clock' }), Promise.resolve(clock)]]);
  const failures: string[] = [];
  let finished = false;
  const keep = async (question: AnyQuestion): Promise<Observed<unknown>> => {
    const location = locate(question);
    if (typeof location === 'string') return { ok: false, why: 'malformed', message: location };
    const answer: Observed<unknown> = await ask(question as never);
    try {
      await write(dir, location, question, answer);
    } catch (error) {
      failures.push(`${location.note.join('/')}: ${(error as Error).message}`);
    }
    return answer;
  };
  const asked = (question: AnyQuestion): Promise<Observed<unknown>> => {
    const key = canonical(question);
    const first = kept.get(key) ?? (finished ? ask(question as never) : keep(question));
    if (!finished) kept.set(key, first);
    return first;
  };
  const finish = async (): Promise<Observed<number>> => {
    finished = true;
    await Promise.allSettled(kept.values());
    await rm(join(dir, partialFolder), { recursive: true, force: true });
    if (failures.length === 0) {
      try {
        await writeInside(dir, ['snapshot.json'], json({ ...manifest, complete: true }));
        await rm(join(dir, partialFolder), { recursive: true, force: true });
        return { ok: true, value: kept.size };
      } catch (error) {
        failures.push(`snapshot.json: ${(error as Error).message}`);
      }
    }
    const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : '';
    return { ok: false, why: 'malformed', message: `the snapshot ${dir} is incomplete: ${failures[0]}${more}` };
  };
  return { ok: true, value: { ask: asked as Ask, finish } };
}

const trees = ['files', 'notes', 'dirs', 'keys', 'api', 'handshakes', 'connection.json', 'snapshot.json', partialFolder];

/** Makes the folder ready; the reason when it must not be touched. Of an earlier recording only what a recording writes is removed. */
async function prepare(dir: string): Promise<string | null> {
  let entries: string[];
  try {
    entries = await readdir(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return 'it is a file; name a new or empty folder';
    if (!isMissing(error)) throw error;
    await mkdir(resolve(dir), { recursive: true, mode: 0o700 });
    return null;
  }
  if (entries.length === 0) return null;
  const earlier = await readManifest(dir);
  if (!earlier.ok || earlier.value.origin !== 'recorded') return 'it holds files that aggctl did not record; use a new or empty directory';
  // The manifest goes last, so that the directory remains a recording even after an interruption.
  for (const tree of trees.filter((tree) => tree !== 'snapshot.json')) await rm(join(dir, tree), { recursive: true, force: true });
  return null;
}

async function write(dir: string, location: Location, question: AnyQuestion, answer: Observed<unknown>): Promise<void> {
  const beside = location.hashed ? { question } : {};
  if (!answer.ok) {
    const { ok: _, ...reason } = answer;
    return writeInside(dir, location.note, json({ ...beside, ...reason }));
  }
  const text = plainText(question, answer.value);
  if (text === null || location.plain === undefined) {
    const value = answer.value === null ? null : { ...beside, ...answer.value };
    return writeInside(dir, location.note, json(value));
  }
  const { text: _, ...rest } = answer.value as { text: string };
  // The note first: without its note, a text would count as written by a person.
  await writeInside(dir, location.note, json({ ...beside, ...rest }));
  try {
    await writeInside(dir, location.plain, text);
  } catch (error) {
    // The path was a directory a moment ago, or is one now: keep the text in the note.
    if (!isInTheWay(error)) throw error;
    await writeInside(dir, location.note, json({ ...beside, ...rest, text }));
  }
}

/** The text that is kept in its own file; null when it belongs in the note. */
function plainText({ kind }: AnyQuestion, value: unknown): string | null {
  if (kind !== 'file' && kind !== 'api') return null;
  const answer = value as Partial<Answer['api']>;
  const plain = kind === 'file' || (answer.status === 200 && /json/.test(answer.headers?.['content-type'] ?? ''));
  // Half a surrogate pair has no UTF-8.
  return plain && answer.text !== undefined && !/\p{Surrogate}/u.test(answer.text) ? answer.text : null;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
