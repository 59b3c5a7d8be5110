/** A source that keeps each answer of another one in a file, which `snapshot` replays. */
import { constants } from 'node:fs';
import { access, lstat, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { writeWhole } from '../local-file.ts';
import type { AnyQuestion, Ask, Observed } from '../model.ts';
import { unavailable } from './answer.ts';
import { document, encode, format } from './lines.ts';
import { keyOf } from './question.ts';
import { headerOf } from './read-file.ts';

/** What a recording keeps of an answer. */
type Keep = (question: AnyQuestion, answer: unknown) => unknown;

export interface Recording {
  /**
   * Asks the source and keeps what it answers. A question is asked once: repeated, also at the same moment, it gives the first answer
   * again, so that this run sees what the snapshot will show; `nth` keeps real repetitions apart. Asked after `finish`, it records nothing.
   */
  readonly ask: Ask;
  /** All that are written. */
  readonly files: readonly string[];
  /** Waits for what is being asked and writes the files, each whole or not at all; after an interruption not at all. Gives the number of answers. */
  readonly finish: (signal?: AbortSignal) => Promise<Observed<number>>;
}

/** What is asked and kept, without a file. */
export interface Recorder {
  readonly ask: Ask;
  /** Waits for what is being asked; gives the whole recording, and how many answers it holds. */
  readonly finish: () => Promise<{ readonly text: string; readonly answers: number }>;
}
interface How {
  /** Of this program. */
  readonly version: string;
  /** What it leaves of an answer is given to who asks, too: this run sees what the snapshot will show. */
  readonly keep: Keep;
  /** Which questions are kept; all, when not given. */
  readonly holds?: (question: AnyQuestion) => boolean;
}

/** The recording of another control-plane node, as it is. */
export interface Beside {
  readonly node: string;
  readonly text: string;
}
interface ToFile extends How {
  readonly overwrite?: boolean;
  /** Each is written into a file of its own, named after its node. */
  readonly beside?: readonly Beside[];
}

/**
 * Begins a recording into `file`, which must be new; with `overwrite` it may be an earlier recording, which is replaced. Anything else is wrong usage
 * (not available, `malformed`).
 */
export async function record(ask: Ask, file: string, { overwrite = false, beside = [], ...how }: ToFile): Promise<Observed<Recording>> {
  const others = beside.map(({ node, text }) => ({ file: besideOf(file, node), text }));
  for (const into of [file, ...others.map((one) => one.file)]) {
    const refusal = await refusalOf(into, overwrite).catch((error: Error) => error.message);
    if (refusal !== null) return unavailable('malformed', `cannot record into ${into}: ${refusal}`);
  }
  const begun = await recorder(ask, how);
  if (!begun.ok) return begun;
  const finish = async (signal?: AbortSignal): Promise<Observed<number>> => {
    const { text, answers } = await begun.value.finish();
    for (const one of [{ file, text }, ...others])
      try {
        const content = one.file.endsWith('.gz') ? (await import('node:zlib')).gzipSync(one.text) : one.text;
        // Only its owner may read it: a snapshot holds no secrets but is the plan of somebody's cluster.
        await writeWhole(one.file, content, { mode: 0o600, signal });
      } catch (error) {
        return unavailable('malformed', `the snapshot ${one.file} cannot be written: ${(error as Error).message}`);
      }
    return { ok: true, value: answers };
  };
  return { ok: true, value: { ask: begun.value.ask, files: [file, ...others.map((one) => one.file)], finish } };
}

/** `aggctl.jsonl.gz` → `aggctl.cp-2.jsonl.gz`. */
const besideOf = (file: string, node: string): string => {
  const ending = /(?:\.jsonl)?(?:\.gz)?$/.exec(file)?.[0] ?? '';
  return `${file.slice(0, file.length - ending.length)}.${node}${ending}`;
};

/** Begins a recording. Not available when the source has no clock. */
export async function recorder(ask: Ask, { version, keep, holds = () => true }: How): Promise<Observed<Recorder>> {
  const clock = await ask({ kind: 'clock' });
  if (!clock.ok) return clock;
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
    if (holds(question))
      lines.set(
        key,
        answer.then((observed) => encode(question, observed)),
      );
    return answer;
  };
  const finish = async () => {
    finished = true;
    const written = (await Promise.allSettled(lines.values())).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    return { text: document(header, written), answers: written.length };
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
