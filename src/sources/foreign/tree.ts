/** The files that another tool left, in a directory or alone: which there are, and their texts. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { openRegular, readLocalFile } from '../../local-file.ts';
import type { Observed } from '../../model.ts';
import { unavailable } from '../answer.ts';

const MiB = 1024 * 1024;
/** The most that is read of one file, bytes. */
export const fileLimit = 32 * MiB;
/** Of a log its end is read, bytes. */
export const logTail = 64 * 1024;
/** More than the largest cluster leaves. */
export const mostFiles = 200_000;
const deepest = 20;

/** How much of a file is read: all of it, or its last lines. */
export type Part = 'whole' | 'end';
export interface Tree {
  /** `/` between their parts, none with `..`. */
  readonly paths: readonly string[];
  /** Why files may be missing, in a clause. */
  readonly incomplete: string | null;
  /** Told which files will be read before any is. Throws what the operating system says. */
  readonly prepare: (parts: ReadonlyMap<string, Part>) => Promise<void>;
  readonly read: (path: string, part: Part) => Promise<Observed<string>>;
}

/** Symbolic links are not followed: they may lead anywhere. Throws what the operating system says, and a sentence about what is too much. */
export async function directoryTree(root: string): Promise<Tree> {
  const paths: string[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > deepest) throw new Error(`its directories are nested more than ${deepest} levels deep`);
    const entries: Dirent[] = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(path, depth + 1);
      else if (entry.isFile()) paths.push(path);
      if (paths.length > mostFiles) throw new Error(`it holds more than ${mostFiles} files`);
    }
  };
  await walk('', 0);
  return reading(root, paths);
}

/** One file, as the only one of its directory. */
export const fileTree = (path: string): Tree => reading(dirname(path), [basename(path)]);

const reading = (root: string, paths: readonly string[]): Tree => ({
  paths,
  incomplete: null,
  prepare: async () => {},
  read: async (path, part) => {
    try {
      const bytes = part === 'end' ? await readEnd(join(root, path)) : await readLocalFile(join(root, path), fileLimit);
      return { ok: true, value: bytes.toString() };
    } catch (error) {
      return unavailable('malformed', `\`${path}\` in the snapshot cannot be read: ${(error as Error).message}`);
    }
  },
});

async function readEnd(path: string): Promise<Buffer> {
  const file = await openRegular(path);
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - logTail);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(logTail), 0, logTail, from);
    return wholeLines(buffer.subarray(0, bytesRead), from > 0);
  } finally {
    await file.close();
  }
}

/** Without the first line of a text that was cut: it may begin inside a character or a secret. */
export const wholeLines = (bytes: Buffer, cut: boolean): Buffer => (cut ? bytes.subarray(bytes.indexOf(10) + 1) : bytes);
