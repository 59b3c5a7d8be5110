/** The body of an answer, bounded by what it is. */
import type { IncomingMessage } from 'node:http';

const MiB = 1024 * 1024;
/** The most that one answer may hold, bytes. */
export const SIZE_LIMIT = 32 * MiB;
/** Of the discovery of one group version, which an extension API server answers. */
const DISCOVERY_LIMIT = 4 * MiB;
const isDiscovery = (path: string): boolean => /^\/(apis\/[^/?]+\/[^/?]+|openapi\/v3\/[^?]*)(\?.*)?$/.test(path);
/** Of a refusal, whose text is cut there. */
const REFUSAL_LIMIT = 4096;
/** Of all answers that are being received at once. */
const BUDGET = 2 * SIZE_LIMIT;

/** Bytes that are held of answers which are not yet complete, over all requests of a client. */
export interface Held {
  bytes: number;
}
type Received = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly held: string };

/** The text; that of a refusal is cut, any other that is too long is none. Rejects with what ended the connection. */
export const receive = (response: IncomingMessage, path: string, held: Held): Promise<Received> =>
  new Promise((resolve, reject) => {
    const refused = (response.statusCode ?? 0) >= 400;
    const limit = refused ? REFUSAL_LIMIT : isDiscovery(path) ? DISCOVERY_LIMIT : SIZE_LIMIT;
    const parts: Buffer[] = [];
    let size = 0;
    const end = () => resolve({ ok: true, value: Buffer.concat(parts).subarray(0, limit).toString('utf8') });
    const over = () => {
      if (size > limit) return `more than ${limit / MiB} MiB`;
      return held.bytes > BUDGET ? 'too much beside other answers' : null;
    };
    response.on('data', (part: Buffer) => {
      size += part.length;
      held.bytes += part.length;
      parts.push(part);
      const excess = over();
      if (!excess) return;
      if (refused) end();
      else resolve({ ok: false, held: excess });
      response.destroy();
    });
    response.once('close', () => {
      held.bytes -= size;
    });
    response.once('error', reject);
    response.once('end', end);
  });
