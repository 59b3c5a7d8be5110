/** Files that options and kubeconfigs name: regular ones alone, opened without waiting and read up to a limit, or written whole. */
import { constants, renameSync } from 'node:fs';
import { access, type FileHandle, lstat, open, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

const MiB = 1024 * 1024;
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  ELOOP: 'a loop of symbolic links',
};

/** Opens a regular file. Throws an Error whose message is the reason in a few words; `code` is that of the operating system, if it gave one. */
export async function openRegular(path: string): Promise<FileHandle> {
  // A FIFO would keep this waiting for its other end, and the whole process at its end.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: NodeJS.ErrnoException) => {
    throw Object.assign(new Error(reasons[error.code ?? ''] ?? error.message), { code: error.code });
  });
  const stats = await file.stat();
  if (stats.isFile()) return file;
  await file.close();
  throw new Error(`it is ${stats.isDirectory() ? 'a directory' : stats.isFIFO() ? 'a FIFO' : 'not a regular file'}`);
}

/** The content of a regular file of at most `limit` bytes. Throws like `openRegular`. */
export async function readLocalFile(path: string, limit = 4 * MiB): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    return await contentOf(file, limit);
  } finally {
    await file.close();
  }
}

async function contentOf(file: FileHandle, limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(64 * 1024), 0, 64 * 1024, size);
    if (bytesRead === 0) return Buffer.concat(parts);
    size += bytesRead;
    if (size > limit) throw new Error(`it is larger than ${limit / MiB} MiB`);
    parts.push(buffer.subarray(0, bytesRead));
  }
}

/**
 * The content of a file that nobody named, if it, and the link through which it was found, belong to this user, to root, or to who called sudo: as
 * Git trusts a repository (`safe.directory`, setup.c, v2.47). Throws like `openRegular`.
 */
export async function readTrustedFile(path: string, limit = 4 * MiB): Promise<Buffer | 'of another user'> {
  const file = await openRegular(path);
  try {
    const self = process.geteuid?.();
    const owners = [await file.stat(), await lstat(path)].map(({ uid }) => uid);
    const trusted = [0, self, ...(self === 0 ? [Number(process.env.SUDO_UID)] : [])];
    return self === undefined || owners.every((uid) => trusted.includes(uid)) ? await contentOf(file, limit) : 'of another user';
  } finally {
    await file.close();
  }
}

/** All of stdin, at most `limit` bytes. Throws like `readLocalFile`. */
export async function readStdin(limit: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin) {
    size += part.length;
    if (size > limit) throw new Error(`it is larger than ${limit / MiB} MiB`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Why a file could not be written; null: nothing is in the way. */
export async function refusalToWrite(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  if (found && !found.isFile()) return `it is ${found.isDirectory() ? 'a directory' : 'not a regular file'}`;
  const folder = dirname(resolve(path));
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => null,
    ({ code, message }: NodeJS.ErrnoException) =>
      `${folder}: ${code === 'ENOENT' ? 'no such directory' : (reasons[code ?? ''] ?? message)}`,
  );
}

/**
 * Writes a file, whole or not at all: beside it first. What is there already is replaced if it is a regular file, whose mode stays. Throws an Error
 * whose message is the reason; an interruption throws, too.
 */
export async function writeWhole(
  path: string,
  content: string | Buffer,
  { mode = 0o666, signal }: { readonly mode?: number; readonly signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const refusal = await refusalToWrite(path);
  if (refusal !== null) throw new Error(refusal);
  const found = await lstat(path).catch(() => null);
  const partial = `${path}.${crypto.randomUUID()}.partial`;
  try {
    await writeFile(partial, content, { flag: 'wx', mode: found ? found.mode & 0o777 & mode : mode });
    signal?.throwIfAborted();
    // At once: whoever is interrupted in between was told that nothing is written.
    renameSync(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
