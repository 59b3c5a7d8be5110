/** The files in a tar archive, compressed or not, without unpacking it: nothing of it is ever written anywhere. */
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import { openRegular } from '../../local-file.ts';
import type { Observed } from '../../model.ts';
import { unavailable } from '../answer.ts';
import { fileLimit, logTail, mostFiles, type Part, type Tree, wholeLines } from './tree.ts';

const MiB = 1024 * 1024;
/** What an archive may unpack to, and what of it may be kept, bytes. */
const unpackedLimit = 4096 * MiB;
const keptLimit = 256 * MiB;

/** Throws what the operating system says, and a sentence about what is too much or no archive. */
export async function archiveTree(file: string): Promise<Tree> {
  const paths: string[] = [];
  const end = await scan(file, (path, entry) => {
    paths.push(path);
    if (paths.length > mostFiles) throw new Error(`it holds more than ${mostFiles} files`);
    entry.resume();
  });
  if (end !== null && paths.length === 0) throw new Error(end);
  const texts = new Map<string, Observed<string>>();
  const prepare = async (parts: ReadonlyMap<string, Part>): Promise<void> => {
    let kept = 0;
    await scan(file, (path, entry) => {
      const part = parts.get(path);
      if (!part) return void entry.resume();
      collect(entry, part, (text, size) => {
        kept += size;
        if (kept > keptLimit)
          throw new Error(`it holds more than ${keptLimit / MiB} MiB that aggctl reads; unpack it, and name the directory`);
        texts.set(
          path,
          text === null
            ? unavailable('malformed', `\`${path}\` in the snapshot is larger than ${fileLimit / MiB} MiB`)
            : { ok: true, value: text },
        );
      });
    });
  };
  const read = async (path: string) => texts.get(path) ?? unavailable('excluded', 'not in this snapshot');
  return { paths: [...new Set(paths)], incomplete: end, prepare, read };
}

/** Calls with each regular file inside; gives why the archive ends early, in a clause, or null. */
async function scan(file: string, found: (path: string, entry: ReadEntry) => void): Promise<string | null> {
  const stream = (await openRegular(file)).createReadStream();
  let broken: string | null = null;
  let failure: unknown = null;
  const parser = new Parser({
    brotli: false,
    zstd: false,
    onReadEntry: (entry) => {
      const path = failure === null && isFile(entry) ? plain(entry.path) : null;
      if (path === null) return void entry.resume();
      try {
        found(path, entry);
      } catch (error) {
        failure = error;
        entry.resume();
      }
    },
    onwarn: (code, message) => {
      if (code === 'TAR_BAD_ARCHIVE' || code === 'TAR_ABORT') broken ??= String(message).replace(/^TAR_\w+: /, '');
    },
  });
  let unpacked = 0;
  try {
    for await (const chunk of file.toLowerCase().endsWith('.tar') ? stream : pipeline(stream, createGunzip(), () => {})) {
      // The parser would unpack what is compressed once more, without a bound.
      if (unpacked === 0 && chunk[0] === 0x1f && chunk[1] === 0x8b) throw new Error('it is compressed in another way than its name says');
      unpacked += chunk.length;
      if (unpacked > unpackedLimit) throw new Error(`it unpacks to more than ${unpackedLimit / MiB / 1024} GiB`);
      parser.write(chunk);
      if (failure !== null) throw failure;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_')) throw error;
    return code === 'Z_BUF_ERROR' ? 'the archive is truncated' : 'it cannot be decompressed';
  }
  parser.end();
  if (failure !== null) throw failure;
  return broken === null ? null : 'the archive is truncated or is not a tar archive';
}

const isFile = ({ type }: ReadEntry): boolean => type === 'File' || type === 'OldFile' || type === 'ContiguousFile';
/** null: it would lead out of the directory. */
function plain(path: string): string | null {
  const parts = path
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');
  return parts.length === 0 || parts.includes('..') || path.includes('\0') ? null : parts.join('/');
}

function collect(entry: ReadEntry, part: Part, done: (text: string | null, size: number) => void): void {
  if (part === 'whole' && entry.size > fileLimit) {
    entry.resume();
    done(null, 0);
    return;
  }
  let chunks: Buffer[] = [];
  let size = 0;
  entry.on('data', (chunk: Buffer) => {
    // A copy: the chunk is a view of far more.
    chunks.push(Buffer.from(chunk));
    size += chunk.length;
    if (part === 'end' && size > 2 * logTail) {
      chunks = [Buffer.concat(chunks).subarray(-logTail)];
      size = logTail + 1;
    }
  });
  entry.on('end', () => {
    const all = Buffer.concat(chunks);
    const cut = part === 'end' && all.length > logTail;
    const bytes = wholeLines(cut ? all.subarray(-logTail) : all, cut);
    done(bytes.toString(), bytes.length);
  });
}
