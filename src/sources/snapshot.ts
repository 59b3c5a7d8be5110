/** A source that reads a directory: written by `record`, or by a person. layout.ts describes the layout. */
import { X509Certificate } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer, AnyQuestion, Ask, Kind, Observed, Ownership, Unavailable } from '../model.ts';
import { type Found, readInside } from './folder.ts';
import { canonical, decode, type Location, locate } from './layout.ts';
import { ofOldMessage } from './old-message.ts';
import { redactApi, redactFile } from './redact.ts';

/** `snapshot.json`. */
export interface Manifest {
  readonly format: 1;
  /** The answer to `clock`: ISO 8601 in UTC. */
  readonly capturedAt: string;
  /** Version of the program that recorded; absent when made by hand. */
  readonly aggctl?: string;
  /** `record` may replace what it wrote. The texts of any other snapshot are redacted when read. */
  readonly origin?: 'recorded' | 'hand-made';
  /** `false`: the recording was cut short. */
  readonly complete?: boolean;
}

/** Opens a snapshot. Unavailable (`malformed`) when the directory is not a snapshot; the message is for the user. */
export async function snapshot(dir: string): Promise<Observed<Ask>> {
  const manifest = await readManifest(dir);
  if (!manifest.ok) return manifest;
  const { capturedAt, origin, complete } = manifest.value;
  const missing = complete === false ? 'not in this snapshot, because its recording was interrupted' : 'not in this snapshot';
  const folder: Folder = { dir, capturedAt, recorded: origin === 'recorded', missing };
  const ask = async (question: AnyQuestion): Promise<Observed<unknown>> => {
    if (question.kind === 'clock') return { ok: true, value: { time: capturedAt } };
    try {
      return await answer(folder, question);
    } catch (error) {
      return unavailable('malformed', `cannot read the snapshot ${dir}: ${(error as Error).message}`);
    }
  };
  return { ok: true, value: ask as Ask };
}

/** Reads and checks `snapshot.json`. */
export async function readManifest(dir: string): Promise<Observed<Manifest>> {
  const no = (reason: string): Unavailable => unavailable('malformed', `${dir} is not a snapshot: ${reason}`);
  try {
    const found = readInside(dir, ['snapshot.json']);
    if (found.is !== 'file') return no('it has no snapshot.json; use a directory that --record wrote');
    const manifest = JSON.parse(found.bytes.toString()) as Partial<Manifest> | null;
    if (manifest?.format !== 1)
      return unavailable(
        'malformed',
        `${dir} has snapshot format ${JSON.stringify(manifest?.format)}, and this aggctl reads format 1: use a newer aggctl`,
      );
    if (typeof manifest.capturedAt !== 'string' || Number.isNaN(Date.parse(manifest.capturedAt)))
      return no('"capturedAt" in its snapshot.json is not a time such as "2026-11-23T02:45:10Z"');
    return { ok: true, value: manifest as Manifest };
  } catch (error) {
    return no((error as Error).message);
  }
}

interface Folder {
  readonly dir: string;
  readonly capturedAt: string;
  readonly recorded: boolean;
  readonly missing: string;
}

/** An answer, or why there is none; with the question when the file name does not encode it. */
type Note = Partial<Unavailable> & { readonly question?: AnyQuestion; readonly text?: string } & Record<string, unknown>;

async function answer(folder: Folder, question: AnyQuestion): Promise<Observed<unknown>> {
  const location = locate(question);
  if (typeof location === 'string') return unavailable('malformed', location);
  const found = readInside(folder.dir, location.note);
  if (found.is === 'outside') return outside(location.note);
  if (found.is !== 'file') return withoutNote(folder, question, location);
  let note: Note | null;
  try {
    note = JSON.parse(found.bytes.toString()) as Note | null;
  } catch (error) {
    return unavailable('malformed', `${location.note.join('/')} in the snapshot is not JSON: ${(error as Error).message}`);
  }
  if (question.kind === 'connection' && note === null) return { ok: true, value: null };
  if (note === null || typeof note !== 'object')
    return unavailable('malformed', `${location.note.join('/')} in the snapshot is not a JSON object`);
  const { question: asked, ok: _, ...rest } = note;
  if (asked !== undefined && canonical(asked) !== canonical(question)) return unavailable('excluded', folder.missing);
  if (typeof rest.why === 'string') return { ok: false, ...ofOldMessage(rest.message), ...rest } as Unavailable;
  return complete(folder, question, location, rest);
}

/** The answer in a note, with defaults for what a person may leave out. */
async function complete(folder: Folder, question: AnyQuestion, { note: name, plain }: Location, note: Note): Promise<Observed<unknown>> {
  const bad = (reason: string) => unavailable('malformed', `${name.join('/')} in the snapshot ${reason}`);
  if (question.kind === 'connection') return { ok: true, value: note };
  if (question.kind === 'handshake')
    return {
      ok: true,
      value: { chain: [], ms: 0, ...ofOldMessage(note.error), ...note },
    };
  if (question.kind === 'api') {
    const { contentType, ...rest } = note;
    if (typeof note.status !== 'number') return bad('has no number in "status"');
    const headers = note.headers ?? { 'content-type': contentType ?? 'application/json' };
    const text = await textOf(folder, question, note, plain);
    return text.ok ? { ok: true, value: { ms: 0, ...rest, headers, text: text.value } } : text;
  }
  if (!isOneOf(question.kind, note.is)) return bad(`has an unknown value ${JSON.stringify(note.is)} in "is"`);
  if (note.is === 'absent' || note.is === 'directory') return { ok: true, value: note };
  const owned = { ...ownership(folder), ...note };
  if (note.is !== 'text') return { ok: true, value: owned };
  const text = await textOf(folder, question, note, plain);
  return text.ok ? { ok: true, value: { ...owned, text: text.value } } : text;
}

const kinds: Partial<Record<Kind, readonly unknown[]>> = {
  file: ['absent', 'directory', 'binary', 'text'],
  dir: ['absent', 'directory'],
  key: ['absent', 'directory', 'pem', 'der', 'encrypted', 'certificate', 'empty', 'garbage'],
};
const isOneOf = (kind: Kind, is: unknown): boolean => kinds[kind]?.includes(is) ?? true;

/** The text in a note, or in the file beside it. */
async function textOf(folder: Folder, question: AnyQuestion, note: Note, plain: Location['plain']): Promise<Observed<string>> {
  if (typeof note.text === 'string') return { ok: true, value: redacted(folder, question, note.text) };
  const found = readInside(folder.dir, plain ?? []);
  if (found.is === 'outside') return outside(plain ?? []);
  if (found.is !== 'file') return unavailable('excluded', folder.missing);
  return { ok: true, value: redacted(folder, question, found.bytes.toString()) };
}

/** What a person put into the directory: a file, or the JSON of an answer. */
async function withoutNote(folder: Folder, question: AnyQuestion, { plain }: Location): Promise<Observed<unknown>> {
  const { dir, recorded, missing } = folder;
  const found: Found = plain === undefined ? { is: 'absent' } : readInside(dir, plain);
  if (found.is === 'outside') return outside(plain ?? []);
  if (found.is === 'directory' && question.kind === 'file') return { ok: true, value: { is: 'directory' } satisfies Answer['file'] };
  // Under `files`, a recording holds only some of the files in the node's directory.
  if (found.is === 'directory' && question.kind === 'dir' && !recorded) {
    const entries = (await readdir(join(dir, ...(plain ?? [])))).map(decode).filter((entry) => entry !== null);
    return { ok: true, value: { is: 'directory', entries: entries.sort() } satisfies Answer['dir'] };
  }
  if (found.is !== 'file' || question.kind === 'dir') return unavailable('excluded', missing);
  const text = redacted(folder, question, found.bytes.toString());
  if (question.kind === 'api') return { ok: true, value: { status: 200, headers: { 'content-type': 'application/json' }, text, ms: 0 } };
  const isText = Buffer.from(found.bytes.toString()).equals(found.bytes);
  return { ok: true, value: isText ? { is: 'text', text, ...ownership(folder) } : binary(folder, found.bytes) };
}

function binary(folder: Folder, bytes: Buffer): Answer['file'] {
  const is = { is: 'binary', size: bytes.length, ...ownership(folder) } as const;
  try {
    return { ...is, certificate: new X509Certificate(bytes).toString() };
  } catch {
    // Not a certificate, so its content is not shown.
    return is;
  }
}

const redacted = ({ recorded }: Folder, question: AnyQuestion, text: string): string =>
  recorded
    ? text
    : question.kind === 'api'
      ? redactApi(question.path, text)
      : question.kind === 'file'
        ? redactFile(question.path, text)
        : text;

const ownership = ({ capturedAt }: Folder): Ownership => ({ mode: '0600', uid: 0, gid: 0, mtime: capturedAt });

const outside = (parts: readonly string[]): Unavailable =>
  unavailable('excluded', `${parts.join('/')} in the snapshot is a symbolic link to a path outside the snapshot`);

const unavailable = (why: Unavailable['why'], message: string): Unavailable => ({ ok: false, why, message });
