/** What is beside the artifacts of a release: archives of the executables, the install script, the manifests of package managers, the digests. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Writes `aggctl-PLATFORM.tar.gz`: the executable, the manual pages, its license and those of what is inside. The same files give the same bytes. */
export async function archive(platform, made, out, notices) {
  const folder = join(made, `archive-${platform}`);
  await mkdir(folder);
  await copyFile(join(out, `aggctl-${platform}`), join(folder, 'aggctl'));
  await copyFile('LICENSE', join(folder, 'LICENSE'));
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES'), notices);
  await cp('dist/man', join(folder, 'man'), { recursive: true });
  const tar = join(folder, 'files.tar');
  const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=go=rX,u+rw'];
  await run('tar', [...same, '-cf', tar, '-C', folder, 'LICENSE', 'THIRD-PARTY-NOTICES', 'aggctl', 'man']);
  await run('gzip', ['-9', '-n', tar]);
  await copyFile(`${tar}.gz`, resolve(out, `aggctl-${platform}.tar.gz`));
}

/** Writes the install script, the filled templates of packaging/, and SHA256SUMS of everything. */
export async function writeRelease(out) {
  await copyFile('packaging/install.sh', join(out, 'install.sh'));
  const sums = await digests(out);
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const values = { version, url: process.env.RELEASE_URL };
  for (const [name, digest] of Object.entries(sums)) values[`sha256 ${name}`] = digest;
  // Both name the address of the archives.
  if (values.url)
    for (const name of ['krew.yaml', 'aggctl.rb'])
      await writeFile(join(out, name), filled(await readFile(join('packaging', name), 'utf8'), values));
  else console.log('RELEASE_URL is not set: no krew.yaml and no aggctl.rb, which contain the address of the archives');
  const lines = Object.entries(await digests(out)).map(([name, digest]) => `${digest}  ${name}\n`);
  await writeFile(join(out, 'SHA256SUMS'), lines.join(''));
}

const filled = (template, values) =>
  template.replace(/\{\{([^}]+)\}\}/g, (place, name) => {
    if (values[name] === undefined) throw new Error(`nothing fills ${place}`);
    return values[name];
  });

async function digests(folder) {
  const names = (await readdir(folder)).sort();
  const of = async (name) =>
    createHash('sha256')
      .update(await readFile(join(folder, name)))
      .digest('hex');
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await of(name)])));
}
