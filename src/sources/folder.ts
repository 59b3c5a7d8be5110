/** Reads and writes inside one directory only: no `..`, and no symbolic link that leads out of it. */
import { randomUUID } from 'node:crypto';
import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

/** What is at a path. `outside`: a link leads out of the directory; `other`: a device, a socket or a pipe, which is never opened. */
export type Found = { readonly is: 'absent' | 'directory' | 'outside' | 'other' } | { readonly is: 'file'; readonly bytes: Buffer };

/**
 * Reads a file inside a directory, synchronously: a snapshot is hundreds of small files, and awaiting each takes longer than reading it.
 * Throws errors of the operating system other than "not found", such as a missing permission.
 */
export function readInside(root: string, parts: readonly string[]): Found {
  const path = join(root, ...parts);
  const found = standing(path);
  if (!found) return { is: 'absent' };
  const real = realpathSync.native(path);
  if (!within(realpathSync.native(root), real)) return { is: 'outside' };
  if (found.isDirectory()) return { is: 'directory' };
  return found.isFile() ? { is: 'file', bytes: readFileSync(real) } : { is: 'other' };
}

/**
 * Writes a file inside a directory atomically, under another name first. Only its owner may read it (0600, directories 0700): a snapshot
 * holds no secrets, but it describes a cluster. Throws errors of the operating system, and when a link leads outside.
 */
export async function writeInside(root: string, parts: readonly string[], text: string): Promise<void> {
  const target = join(root, ...parts);
  const real = await realpath(root);
  let parent = dirname(target);
  for (let there = await resolved(parent); ; there = await resolved(parent)) {
    if (there !== null && !within(real, there)) throw new Error(`${parent} leads out of ${root}`);
    if (there !== null) break;
    parent = dirname(parent);
  }
  const partial = join(root, partialFolder, randomUUID());
  await Promise.all([dirname(target), dirname(partial)].map((folder) => mkdir(folder, { recursive: true, mode: 0o700 })));
  try {
    await writeFile(partial, text, { flag: 'wx', mode: 0o600 });
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Holds files that are being written; normally empty, except after a crash. */
export const partialFolder = '.partial';

const within = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

/** null when nothing is there, or a file is in the place of a directory. */
function standing(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** The path without symbolic links; null when nothing is there. */
async function resolved(path: string): Promise<string | null> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Whether an error of the file system means that nothing is there. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Whether an error of the file system means that a file is in the place of a directory, or the other way round. */
export const isInTheWay = (error: unknown): boolean =>
  ['EISDIR', 'ENOTDIR', 'EEXIST', 'ENOTEMPTY'].includes((error as NodeJS.ErrnoException).code ?? '');
