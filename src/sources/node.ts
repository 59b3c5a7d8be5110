/** Questions about files, answered from the file system under a root. Private keys stop here. */
import { X509Certificate } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import type { Answer, Observed, Ownership, Unavailable } from '../model.ts';
import { keyForm } from './key.ts';
import { isPlain, resolveUnder } from './path.ts';
import { redactFile, withoutSecrets } from './redact.ts';

/** The most that is read of one file, bytes. */
const FILE_LIMIT = 32 * 1024 * 1024;

/** Only the end of a log matters, and a log can be of any size: this much is read, bytes. */
const LOG_TAIL = 64 * 1024;
const isLog = (path: string) => path.startsWith('/var/log/');

/** A text file without its secrets, or what else is at the path; for a file under /var/log, its last lines. */
export async function readNodeFile(root: string, path: string): Promise<Observed<Answer['file']>> {
  const found = await look(root, path, ({ content, ownership }) => ({ content, ownership }));
  if (!found.ok || 'is' in found.value) return found as Observed<Answer['file']>;
  const { content, ownership } = found.value;
  const text = asText(content);
  if (text === null) {
    const certificate = derCertificate(content);
    return { ok: true, value: { is: 'binary', size: content.length, ...(certificate !== null && { certificate }), ...ownership } };
  }
  const clean = withoutSecrets(`\`${path}\``, () => redactFile(path, text));
  return clean.ok ? { ok: true, value: { is: 'text', text: clean.value, ...ownership } } : clean;
}

/** The form of a key file and its public half. */
export const readNodeKey = (root: string, path: string): Promise<Observed<Answer['key']>> =>
  look(root, path, ({ content, ownership }) => ({ ...keyForm(content), ...ownership }));

/** A certificate and its key, for use inside the source only: no answer holds them. */
export async function readNodePair(
  root: string,
  paths: { readonly certificate: string; readonly key: string },
): Promise<Observed<{ readonly certificate: Buffer; readonly key: Buffer }>> {
  const read = async (path: string): Promise<Observed<Buffer>> => {
    const found = await look<Buffer>(root, path, ({ content }) => content);
    if (!found.ok) return found;
    return Buffer.isBuffer(found.value) ? { ok: true, value: found.value } : malformed(`\`${path}\` is ${found.value.is}: check the path.`);
  };
  const [certificate, key] = [await read(paths.certificate), await read(paths.key)];
  if (!certificate.ok) return certificate;
  return key.ok ? { ok: true, value: { certificate: certificate.value, key: key.value } } : key;
}

/** The names in a directory, sorted. */
export const readNodeDir = (root: string, path: string): Promise<Observed<Answer['dir']>> =>
  guard<Answer['dir']>(path, async () => ({
    ok: true,
    value: { is: 'directory', entries: (await readdir(await resolveUnder(root, path))).sort() },
  }));

interface Found {
  readonly content: Buffer;
  readonly ownership: Ownership;
}
type Nothing = { readonly is: 'absent' } | { readonly is: 'directory' };

const look = <T>(root: string, path: string, read: (found: Found) => T): Promise<Observed<T | Nothing>> =>
  guard<T | Nothing>(path, async () => {
    const place = await resolveUnder(root, path);
    const first = await lstat(place);
    if (first.isDirectory()) return { ok: true, value: { is: 'directory' } };
    if (!first.isFile()) return notAFile(path, first);
    // The path is already resolved: a link that appears now is refused, and a FIFO does not block.
    const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return notAFile(path, stats);
      const content = await readAll(file, isLog(path) ? Math.max(0, stats.size - LOG_TAIL) : 0);
      if (!content) return malformed(`\`${path}\` is larger than ${FILE_LIMIT / 1024 / 1024} MiB and was not read: check the path.`);
      return { ok: true, value: read({ content, ownership: ownershipOf(stats) }) };
    } finally {
      await file.close();
    }
  });

const guard = async <T>(
  path: string,
  answer: () => Promise<Observed<T | { readonly is: 'absent' }>>,
): Promise<Observed<T | { readonly is: 'absent' }>> => {
  if (!isPlain(path)) return malformed(`\`${path}\` was not read: a path must be absolute and must not contain \`..\`.`);
  try {
    return await answer();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { ok: true, value: { is: 'absent' } };
    if (code === 'ENOTDIR') return { ok: true, value: { is: 'absent' } };
    if (code === 'EACCES' || code === 'EPERM')
      return { ok: false, why: 'denied', message: `This user cannot read \`${path}\` (${code}): run aggctl as root.` };
    if (code === 'ELOOP') return malformed(`\`${path}\` is a symbolic link loop (${code}): fix the link.`);
    return malformed(`\`${path}\` cannot be read: ${message}.`);
  }
};

/** Reads from an offset; null when there is more than the limit. Does not use the size from `stat`, which is 0 under /proc. */
const readAll = async (file: FileHandle, from: number): Promise<Buffer | null> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, from + size);
    if (bytesRead === 0) return wholeLines(Buffer.concat(chunks), from > 0);
    size += bytesRead;
    if (size > FILE_LIMIT) return null;
    chunks.push(buffer.subarray(0, bytesRead));
  }
};

/** Drops the first partial line: a text that is cut may begin inside a character or a secret. */
const wholeLines = (content: Buffer, cut: boolean): Buffer => (cut ? content.subarray(content.indexOf(10) + 1) : content);

const asText = (content: Buffer): string | null => {
  if (content.includes(0)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
};

const derCertificate = (content: Buffer): string | null => {
  try {
    return new X509Certificate(content).toString();
  } catch {
    return null;
  }
};

const ownershipOf = (stats: Stats): Ownership => ({
  mode: (stats.mode & 0o7777).toString(8).padStart(4, '0'),
  uid: stats.uid,
  gid: stats.gid,
  mtime: stats.mtime.toISOString(),
});

const notAFile = (path: string, stats: Stats): Unavailable => {
  const what = stats.isFIFO() ? 'a FIFO' : stats.isSocket() ? 'a socket' : 'a device';
  return malformed(`\`${path}\` is ${what}, not a file: check the path.`);
};

const malformed = (message: string): Unavailable => ({ ok: false, why: 'malformed', message });
