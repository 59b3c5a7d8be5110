/** A source that keeps each answer of another one in a file, which `snapshot` replays. */
import { randomUUID } from 'node:crypto';
import { constants, renameSync } from 'node:fs';
import { access, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { AnyQuestion, Ask, Observed } from '../model.ts';
import { unavailable } from './answer.ts';
import { document, encode, format } from './lines.ts';
import { keyOf } from './question.ts';
import { headerOf } from './read-file.ts';

/** What a recording keeps of an answer. */
export type Keep = (question: AnyQuestion, answer: unknown) => unknown;

export interface Recording {
  /**
   * Asks the source and keeps what it answers. A question is asked once: repeated, also at the same moment, it gives the first answer
   * again, so that this run sees what the snapshot will show; `nth` keeps real repetitions apart. Asked after `finish`, it records nothing.
   */
  readonly ask: Ask;
  /** Waits for what is being asked and writes the file, whole or not at all; after an interruption not at all. Gives the number of answers. */
  readonly finish: (signal?: AbortSignal) => Promise<Observed<number>>;
}

/**
 * Begins a recording into `file`, which must be new; with `overwrite` it may be an earlier recording, which is replaced. Anything else is wrong usage
 * (not available, `malformed`). `version` is that of this program. What `keep` leaves of an answer is given to who asks, too: this run sees what the
 * snapshot will show.
 */
export async function record(
  ask: Ask,
  file: string,
  { version, keep, overwrite = false }: { readonly version: string; readonly keep: Keep; readonly overwrite?: boolean },
): Promise<Observed<Recording>> {
  const clock = await ask({ kind: 'clock' });
  if (!clock.ok) return clock;
  const refusal = await refusalOf(file, overwrite).catch((error: Error) => error.message);
  if (refusal !== null) return unavailable('malformed', `cannot record into ${file}: ${refusal}`);
  const header = { aggctl: format, captured: clock.value.time, origin: 'recorded', version } as const;

  const lines = new Map<string, Promise<string>>();
  const answers = new Map<string, Promise<Observed<unknown>>>([[keyOf({ kind: 'clock' }), Promise.resolve(clock)]]);
  let finished = false;
  const kept = async (question: AnyQuestion): Promise<Observed<unknown>> => {
    const observed: Observed<unknown> = await ask(question as never);
    return observed.ok ? { ok: true, value: keep(question, observed.value) } : observed;
  };
  const asked = (question: AnyQuestion): Promise<Observed<unknown>> => {
    const key = keyOf(question);
    const known = answers.get(key);
    if (known || finished) return known ?? ask(question as never);
    const answer = kept(question);
    answers.set(key, answer);
    lines.set(
      key,
      answer.then((observed) => encode(question, observed)),
    );
    return answer;
  };
  const finish = async (signal?: AbortSignal): Promise<Observed<number>> => {
    finished = true;
    const written = (await Promise.allSettled(lines.values())).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    try {
      await writeSnapshotFile(file, document(header, written), signal);
      return { ok: true, value: written.length };
    } catch (error) {
      return unavailable('malformed', `the snapshot ${file} cannot be written: ${(error as Error).message}`);
    }
  };
  return { ok: true, value: { ask: asked as Ask, finish } };
}

/** Why a file cannot be recorded into: known before anybody is asked. Its folder is made. */
async function refusalOf(file: string, overwrite: boolean): Promise<string | null> {
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (found?.isDirectory()) return 'it is a directory; name a file, such as aggctl.jsonl';
  if (found && !found.isFile()) return 'it is not a regular file; name a new file';
  const header = found && found.size > 0 ? await headerOf(file) : null;
  if (typeof header === 'string' || (header && (header.origin !== 'recorded' || header.extends !== undefined)))
    return 'aggctl did not record what this file holds; name a new file';
  if (header && !overwrite) return 'it holds an earlier recording; name a new file, or add --overwrite';
  const folder = dirname(resolve(file));
  const stranger = await makeFolder(folder);
  if (stranger) return `${stranger} is a symbolic link of another user; name the folder that it leads to`;
  await access(folder, constants.W_OK);
  return null;
}

/** Makes a folder and those above it; gives the first of them that is a link of somebody else. Throws what the operating system says. */
async function makeFolder(folder: string): Promise<string | null> {
  const above = dirname(folder);
  const stranger = above === folder ? null : await makeFolder(above);
  if (stranger) return stranger;
  const found = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!found) await mkdir(folder, { mode: 0o700 });
  return found?.isSymbolicLink() && found.uid !== 0 && found.uid !== process.getuid?.() ? folder : null;
}

/**
 * Writes a file, whole or not at all: beside it first. Only its owner may read it (0600), for a snapshot holds no secrets but is the plan of
 * somebody's cluster. It is compressed when its name ends in `.gz`.
 */
async function writeSnapshotFile(file: string, text: string, signal?: AbortSignal): Promise<void> {
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    await writeFile(partial, file.endsWith('.gz') ? (await import('node:zlib')).gzipSync(text) : text, { flag: 'wx', mode: 0o600 });
    signal?.throwIfAborted();
    // At once: whoever is interrupted in between was told that nothing is written.
    renameSync(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
