/** A recording as the log of a Pod carries it: compressed, in lines of Base64 between two marks. Its own last line holds its digest. Pure. */
import { gunzipSync, gzipSync } from 'node:zlib';

const begin = '-----BEGIN AGGCTL RECORDING-----';
const end = '-----END AGGCTL RECORDING-----';
/** A container runtime breaks lines that are longer than 16 KiB. */
const lineLength = 4096;

export function toLog(recording: string): string {
  const text = gzipSync(recording).toString('base64');
  const lines = text.match(new RegExp(`.{1,${lineLength}}`, 'g')) ?? [];
  return `${[begin, ...lines, end].join('\n')}\n`;
}

/** More than the files of a node can be. */
const longest = 64 * 1024 * 1024;

/** The recording; else why there is none, in a clause. The log may be anybody's. */
export function fromLog(log: string): { readonly recording: string } | { readonly why: string } {
  const lines = log.split(/\r?\n/);
  const from = lines.indexOf(begin);
  const said = lines.filter((line) => line.trim() !== '').at(-1);
  if (from === -1) return { why: said === undefined ? 'its Pod wrote nothing' : `its Pod wrote \`${said.slice(0, 300)}\`` };
  const to = lines.indexOf(end, from);
  if (to === -1) return { why: 'the log of its Pod ends within the recording, as where logs are rotated early' };
  try {
    const recording = gunzipSync(Buffer.from(lines.slice(from + 1, to).join(''), 'base64'), { maxOutputLength: longest });
    return { recording: recording.toString() };
  } catch (error) {
    return { why: `the log of its Pod holds no recording: ${(error as Error).message}` };
  }
}
