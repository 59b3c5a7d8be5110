/** The lines of a file, one after the other, none longer than a limit: the file may be anybody's. */
import { pipeline, Readable } from 'node:stream';
import { openRegular } from '../local-file.ts';

const MiB = 1024 * 1024;
/** An answer has up to 32 MiB, each character of which may take six in JSON. */
const lineLimit = 200 * MiB;
const fileLimit = 512 * MiB;

/** Reads a file, decompressed when its name ends in `.gz`. Throws what the operating system says, and a sentence about what is too long. `content` is what the path holds, where that is no file. */
export async function* readLines(path: string, content?: Buffer): AsyncGenerator<Buffer> {
  const file = content ? Readable.from([content]) : (await openRegular(path)).createReadStream();
  const stream = path.endsWith('.gz') ? pipeline(file, (await import('node:zlib')).createGunzip(), () => {}) : file;
  let begun: Buffer[] = [];
  let length = 0;
  let total = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    total += chunk.length;
    if (total > fileLimit) throw new Error(`it is longer than ${fileLimit / MiB} MiB`);
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      yield begun.length === 0 ? chunk.subarray(start, end) : Buffer.concat([...begun, chunk.subarray(start, end)]);
      begun = [];
      length = 0;
      start = end + 1;
    }
    begun.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > lineLimit) throw new Error(`one of its lines is longer than ${lineLimit / MiB} MiB`);
  }
  if (length > 0) yield Buffer.concat(begun);
}
