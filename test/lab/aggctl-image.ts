/** aggctl's own image, as `npm run package` builds it, in the lab's cache by the digest of what it is made of. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import manifest from '../../package.json' with { type: 'json' };
import { built, type Say } from './assets.ts';
import { checkout } from './namespace.ts';

const run = promisify(execFile);

/** The name under which containerd knows it. */
export const aggctlImage = `docker.io/library/aggctl:${manifest.version}`;

/** Path of its tar. */
export async function aggctlImageTar(say: Say): Promise<string> {
  const digest = createHash('sha256');
  for (const folder of ['src', 'scripts', 'demo', 'schema'])
    for (const entry of (await readdir(join(checkout, folder), { recursive: true, withFileTypes: true })).filter((one) => one.isFile()))
      digest.update(entry.name).update(await readFile(join(entry.parentPath, entry.name)));
  return built(`aggctl-image-${digest.digest('hex').slice(0, 12)}`, 'aggctl-image.tar', say, async (folder) => {
    const out = join(folder, 'out');
    await run(process.execPath, ['scripts/package.mjs', '--out', out, 'image'], { cwd: checkout });
    await rename(join(out, 'aggctl-image.tar'), join(folder, 'aggctl-image.tar'));
    await rm(out, { recursive: true });
  });
}
