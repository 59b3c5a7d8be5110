/**
 * `package.mjs [--out FOLDER] [npm | image | PLATFORM]…`: builds what is released into dist-bin/, or only the npm package, the image and the
 * executables that are named. Runs on Linux x64, after `npm run build`.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundledPackages, notice, notices } from './package/bundled.mjs';
import { debianPackages } from './package/debian.mjs';
import { makeExecutable, makeModules } from './package/executable.mjs';
import { imagePlatforms, makeImage } from './package/image.mjs';
import { nodePackage, targets, versionOf } from './package/nodes.mjs';
import { archive, writeRelease } from './package/release.mjs';
import { makeSbom } from './package/sbom.mjs';
import { makeTarball } from './package/tarball.mjs';

const { values, positionals: named } = parseArgs({ allowPositionals: true, options: { out: { type: 'string', default: 'dist-bin' } } });
const { out } = values;
const isWanted = (name) => named.length === 0 || named.includes(name);
const platforms = Object.keys(targets).filter((platform) => isWanted(platform) || (isWanted('image') && imagePlatforms.includes(platform)));
// What is released can be read by everybody, whatever the umask of who builds it, and two builds give the same bytes.
process.umask(0o022);
const made = await mkdtemp(join(tmpdir(), 'aggctl-package-'));
try {
  if (named.length === 0) await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const packages = await bundledPackages(await makeModules(made));
  const text = await notices(packages);
  if (isWanted('npm')) await makeTarball(made, out, text);
  for (const platform of platforms) await makeExecutable(platform, made, join(out, `aggctl-${platform}`));
  const noticesOf = async (platform) => {
    const { node } = targets[platform];
    return `${text}\n${notice(`Node.js ${versionOf(node)}`, await readFile(join(await nodePackage(node), 'LICENSE'), 'utf8'))}`;
  };
  if (isWanted('image')) await makeImage(out, made, out, await noticesOf(imagePlatforms[0]));
  if (named.length === 0) {
    for (const platform of platforms) await archive(platform, made, out, await noticesOf(platform));
    const nodeVersions = [...new Set(platforms.map((platform) => versionOf(targets[platform].node)))];
    await writeFile(join(out, 'aggctl.cdx.json'), await makeSbom(packages, nodeVersions, debianPackages));
    await writeRelease(out);
  }
} finally {
  await rm(made, { recursive: true, force: true });
}
