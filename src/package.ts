/** What the package says of itself. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };

/** The version of aggctl. */
export const version: string = manifest.version;

/** Whether this runs inside the executable. */
export const isExecutable = async (): Promise<boolean> => (await import('node:sea')).isSea();

/** The content of a file of the package, which the executable holds inside. */
export async function packageFile(path: string): Promise<Buffer> {
  const { getAsset } = await import('node:sea');
  return (await isExecutable()) ? Buffer.from(getAsset(path)) : readFile(join(packageFolder(), path));
}

/** Wherever the code that asks has been bundled to. */
function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}
