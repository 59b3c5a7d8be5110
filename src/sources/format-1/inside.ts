/** Reading inside one folder, and nowhere else: no `..`, and no symbolic link that leads out of it. */
import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** What stands at a place. `outside`: a link leads out of the folder; `other`: a device, a socket or a pipe, which is never opened. */
export type Found = { readonly is: 'absent' | 'directory' | 'outside' | 'other' } | { readonly is: 'file'; readonly bytes: Buffer };

/**
 * Reads a file inside a folder, and waits for nobody meanwhile: a snapshot is hundreds of small files, and waiting for each takes longer than
 * reading it. Throws only what the operating system says beyond "not found", such as a missing permission.
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

const within = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

/** null when nothing is there, or a file stands where a folder is needed. */
function standing(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Whether an error of the file system means that nothing is there. */
const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
