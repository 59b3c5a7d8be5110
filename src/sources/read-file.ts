/** Reads one snapshot file. It may be anybody's: whatever is wrong with it is said in one sentence. */

import { looseDate, number, object, parseJson, string } from '../decode.ts';
import type { Observed, Unavailable } from '../model.ts';
import { unavailable } from './answer.ts';
import { decode, digest, type Entry, format, type Header } from './lines.ts';
import { readLines } from './read-lines.ts';

/** What a snapshot file holds: by the key of its question, each answer. */
export interface Contents {
  readonly header: Header;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Why lines are missing at its end, in a clause. */
  readonly incomplete?: string;
}

export const notSnapshot = (path: string, reason: string): Unavailable => unavailable('malformed', `${path} is not a snapshot: ${reason}`);

/** Its own lines, without those of the snapshot that it extends. */
export async function readSnapshotFile(path: string, content?: Buffer): Promise<Observed<Contents>> {
  try {
    const contents = await read(readLines(path, content));
    return typeof contents === 'string' ? notSnapshot(path, contents) : { ok: true, value: contents };
  } catch (error) {
    return notSnapshot(path, reasonOf(error as NodeJS.ErrnoException));
  }
}

/** Its first line alone; a string says why that is not the header of a snapshot. */
export async function headerOf(path: string): Promise<Header | string> {
  try {
    for await (const line of readLines(path)) return asHeader(line.toString());
    return 'it is empty';
  } catch (error) {
    return reasonOf(error as NodeJS.ErrnoException);
  }
}

async function read(lines: AsyncIterable<Buffer>): Promise<Contents | string> {
  const entries = new Map<string, Entry>();
  const hash = digest();
  let header: Header | undefined;
  let closing: Closing | null = null;
  let bad: string | null = null;
  let number = 0;
  for await (const bytes of untilCut(lines, () => header !== undefined)) {
    number += 1;
    const line = bytes.toString();
    if (closing) return `line ${number} follows its closing line`;
    if (bad) return bad;
    if (header) {
      closing = asClosing(line);
      const decoded = closing || line.trim() === '' ? null : decode(line);
      if (typeof decoded === 'string') bad = `line ${number} ${decoded}`;
      else if (decoded) entries.set(decoded.key, decoded.entry);
    } else {
      const first = asHeader(line);
      if (typeof first === 'string') return first;
      header = first;
    }
    if (!closing) hash.update(bytes).update('\n');
  }
  if (!header) return 'it is empty';
  if (closing) return difference(closing, entries.size, hash.digest('hex')) ?? { header, entries };
  // A file that a person wrote needs no closing line: neither does a scenario, whose lines are edited.
  if (header.origin === 'recorded' && header.extends === undefined)
    return { header, entries, incomplete: 'its closing line is missing, so its recording or a copy of it was cut short' };
  return bad ?? { header, entries };
}

/** The lines of a file that may end too early, once its first ones tell what it is. */
async function* untilCut(lines: AsyncIterable<Buffer>, isKnown: () => boolean): AsyncGenerator<Buffer> {
  try {
    yield* lines;
  } catch (error) {
    if (!isKnown() || (error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') throw error;
  }
}

const headerObject = object({
  aggctl: number,
  captured: (value) => (looseDate(value) ? string(value) : undefined),
  origin: (value): Header['origin'] => (value === 'recorded' || value === 'hand-made' ? value : undefined),
  version: string,
  extends: string,
});
function asHeader(line: string): Header | string {
  const json = parseJson(line);
  if (json === undefined) return 'its first line is not JSON; name a file that --record wrote';
  const { aggctl, captured, ...more } = headerObject(json) ?? {};
  if (aggctl === undefined) return 'its first line has no "aggctl", the number of its format';
  if (aggctl !== format)
    return `it is in format ${aggctl}, and this aggctl reads formats 1 and ${format}${aggctl > format ? '; update aggctl' : ''}`;
  if (captured === undefined) return 'its first line has no time in "captured", such as "2026-11-23T02:45:10Z"';
  return { aggctl, captured, ...more };
}

interface Closing {
  readonly answers: number;
  readonly sha256: string;
}
const closingObject = object({ answers: number, sha256: string });
function asClosing(line: string): Closing | null {
  if (!line.startsWith('{"answers":')) return null;
  const { answers, sha256 } = closingObject(parseJson(line)) ?? {};
  return answers === undefined || sha256 === undefined ? null : { answers, sha256 };
}
function difference({ answers, sha256 }: Closing, held: number, actual: string): string | null {
  if (answers !== held) return `it was changed after it was recorded: its closing line counts ${answers} answers, and it holds ${held}`;
  if (sha256 !== actual) return 'it was changed after it was recorded: its closing line has the digest of other lines';
  return null;
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'it does not exist';
  if (code?.startsWith('Z_')) return code === 'Z_BUF_ERROR' ? 'it is truncated' : `it cannot be decompressed: ${message}`;
  return message;
}
