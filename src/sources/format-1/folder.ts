/** Snapshots of format 1, which are folders: what aggctl 0.1 recorded, or what a person put there. The layout is in layout.ts. */
import { X509Certificate } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { anything, boolean, isObject, object, parseJson, string, time } from '../../decode.ts';
import type { Answer, AnyQuestion, Ask, Observed, Unavailable } from '../../model.ts';
import { type About, answerFrom, asUnavailable, ownership, unavailable } from '../answer.ts';
import { keyOf } from '../question.ts';
import { type Found, readInside } from './inside.ts';
import { decode, type Location, locate } from './layout.ts';

/** `snapshot.json`. */
interface Manifest {
  readonly capturedAt: string;
  /** `recorded`, or `hand-made`. */
  readonly origin?: string;
  /** `false`: the recording was cut short. */
  readonly complete?: boolean;
}
const decodeManifest = object({ format: anything, capturedAt: time, origin: string, complete: boolean });

interface Folder extends About {
  readonly dir: string;
  readonly missing: string;
}

/** Opens a folder. Not available (`malformed`) when it is no snapshot: wrong usage, whose message says so. */
export async function folderSnapshot(dir: string): Promise<Observed<{ readonly ask: Ask; readonly incomplete: string | null }>> {
  const manifest = readManifest(dir);
  if (!manifest.ok) return manifest;
  const { capturedAt, origin, complete } = manifest.value;
  const incomplete = complete === false ? 'its recording was cut short' : null;
  const missing = incomplete ? `not in this snapshot: ${incomplete}` : 'not in this snapshot';
  const folder: Folder = { dir, captured: capturedAt, recorded: origin === 'recorded', missing };
  const ask = async (question: AnyQuestion): Promise<Observed<unknown>> => {
    if (question.kind === 'clock') return { ok: true, value: { time: capturedAt } };
    try {
      return await answer(folder, question);
    } catch (error) {
      return unavailable('malformed', `the snapshot ${dir} cannot be read: ${(error as Error).message}`);
    }
  };
  return { ok: true, value: { ask: ask as Ask, incomplete } };
}

function readManifest(dir: string): Observed<Manifest> {
  const no = (reason: string): Unavailable => unavailable('malformed', `${dir} is not a snapshot: ${reason}`);
  try {
    const found = readInside(dir, ['snapshot.json']);
    if (found.is !== 'file') return no('it is a directory without snapshot.json; name a file that --record wrote');
    const json = parseJson(found.bytes.toString());
    if (json === undefined) return no('its snapshot.json is not JSON');
    const { format, capturedAt, ...manifest } = decodeManifest(json) ?? {};
    if (format !== 1) return no(`the format in its snapshot.json is ${JSON.stringify(format)}, and this aggctl reads folders of format 1`);
    if (capturedAt === undefined) return no('its snapshot.json holds no time in "capturedAt", such as "2026-11-23T02:45:10Z"');
    return { ok: true, value: { ...manifest, capturedAt } };
  } catch (error) {
    return no((error as Error).message);
  }
}

async function answer(folder: Folder, question: AnyQuestion): Promise<Observed<unknown>> {
  const location = locate(question);
  if (typeof location === 'string') return unavailable('malformed', location);
  const found = readInside(folder.dir, location.note);
  if (found.is === 'outside') return outside(location.note);
  if (found.is !== 'file') return withoutNote(folder, question, location);
  const where = location.note.join('/');
  const note = parseJson(found.bytes.toString());
  if (note === undefined) return unavailable('malformed', `${where} in the snapshot is not JSON`);
  if (question.kind === 'connection' && note === null) return { ok: true, value: null };
  if (!isObject(note)) return unavailable('malformed', `${where} in the snapshot holds no object`);
  const { question: asked, ok: _, ...kept } = note;
  if (asked !== undefined && !(isObject(asked) && keyOf(asked) === keyOf(question))) return unavailable('excluded', folder.missing);
  const reason = asUnavailable(kept);
  if (reason) return reason;
  const needsText = question.kind === 'api' ? typeof kept.status === 'number' : kept.is === 'text';
  const text = needsText && typeof kept.text !== 'string' ? textBeside(folder, location) : null;
  if (text && !text.ok) return text;
  return answerFrom(question, text ? { ...kept, text: text.value } : kept, where, folder);
}

/** The text in the file beside a note. */
function textBeside(folder: Folder, { plain = [] }: Location): Observed<string> {
  const found = readInside(folder.dir, plain);
  if (found.is === 'outside') return outside(plain);
  return found.is === 'file' ? { ok: true, value: found.bytes.toString() } : unavailable('excluded', folder.missing);
}

/** What a person puts into the folder as it is: a file, or the JSON of an answer. */
async function withoutNote(folder: Folder, question: AnyQuestion, { plain }: Location): Promise<Observed<unknown>> {
  const { dir, recorded, missing } = folder;
  const found: Found = plain === undefined ? { is: 'absent' } : readInside(dir, plain);
  if (found.is === 'outside') return outside(plain ?? []);
  if (found.is === 'directory' && question.kind === 'file') return { ok: true, value: { is: 'directory' } satisfies Answer['file'] };
  // Under `files`, a recording holds only a part of what the node's folder holds.
  if (found.is === 'directory' && question.kind === 'dir' && !recorded) {
    const entries = (await readdir(join(dir, ...(plain ?? [])))).map(decode).filter((entry) => entry !== null);
    return { ok: true, value: { is: 'directory', entries: entries.sort() } satisfies Answer['dir'] };
  }
  if (found.is !== 'file' || question.kind === 'dir') return unavailable('excluded', missing);
  const text = found.bytes.toString();
  const where = (plain ?? []).join('/');
  if (question.kind === 'api') return answerFrom(question, { status: 200, text }, where, folder);
  return Buffer.from(text).equals(found.bytes)
    ? answerFrom(question, { is: 'text', text }, where, folder)
    : { ok: true, value: binary(folder, found.bytes) };
}

function binary(folder: Folder, bytes: Buffer): Answer['file'] {
  const is = { is: 'binary', size: bytes.length, ...ownership(folder) } as const;
  try {
    return { ...is, certificate: new X509Certificate(bytes).toString() };
  } catch {
    // Not a certificate: what else it is stays withheld.
    return is;
  }
}

const outside = (parts: readonly string[]): Unavailable =>
  unavailable('excluded', `${parts.join('/')} in the snapshot is a symbolic link that leads out of it`);
