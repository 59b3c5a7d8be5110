/** `package.mjs [PLATFORM…]`: builds what is released into dist-bin/, or only the executables of these platforms. Runs on Linux x64. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeExecutable, makeModules } from './package/executable.mjs';
import { targets } from './package/nodes.mjs';

const out = 'dist-bin';
const named = process.argv.slice(2);
const made = await mkdtemp(join(tmpdir(), 'aggctl-package-'));
try {
  await rm(out, { recursive: true, force: true });
  await mkdir(out);
  const metafile = await makeModules(made);
  for (const platform of named.length > 0 ? named : Object.keys(targets)) {
    await makeExecutable(platform, made, join(out, `aggctl-${platform}`));
  }
} finally {
  await rm(made, { recursive: true, force: true });
}
