/** Paths of a node's file system under a root directory, as if that root were `/`. */
import { lstat, readlink } from 'node:fs/promises';
import path from 'node:path';

/** Linux gives up after as many symbolic links (fs/namei.c, MAXSYMLINKS). */
const MAX_LINKS = 40;

/**
 * The path on this machine of a path on the node: symbolic links are followed inside the root, an absolute target starts at the root, and
 * `..` never leaves it. The last part may not exist. Throws Node.js's own errors (ENOENT, ENOTDIR, EACCES), and ELOOP.
 */
export const resolveUnder = async (root: string, file: string): Promise<string> => {
  const todo = parts(file);
  let done: string[] = [];
  let links = 0;
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    if (part === '..') {
      done.pop();
      continue;
    }
    const here = path.join(root, ...done, part);
    const found = await lstat(here).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && todo.length === 0) return null;
      throw error;
    });
    if (!found?.isSymbolicLink()) {
      done.push(part);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw Object.assign(new Error(`too many symbolic links in ${file}`), { code: 'ELOOP' });
    const target = await readlink(here);
    if (path.isAbsolute(target)) done = [];
    todo.unshift(...parts(target));
  }
  return path.join(root, ...done);
};

/** Whether a path may be asked for: absolute, and without `..`. */
export const isPlain = (file: string): boolean => file.startsWith('/') && !file.split('/').includes('..') && !file.includes('\0');

const parts = (file: string): string[] => file.split('/').filter((part) => part !== '' && part !== '.');
