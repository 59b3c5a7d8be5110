/** The npm package as it is released: from a folder of its own, in which everything is bundled and nothing is left to install. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Packs dist/, as the last build left it, and what belongs to it into the folder `out`. */
export async function makeTarball(made, out, notices) {
  const folder = join(made, 'npm');
  const { dependencies, devDependencies, scripts, knip, allowScripts, ...manifest } = JSON.parse(await readFile('package.json', 'utf8'));
  await mkdir(folder);
  await writeFile(join(folder, 'THIRD-PARTY-NOTICES'), notices);
  const man = (await readdir('dist/man')).sort().map((page) => `dist/man/${page}`);
  await writeFile(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, man }, null, 2)}\n`);
  for (const path of ['README.md', 'LICENSE', ...manifest.files.filter((path) => path !== 'THIRD-PARTY-NOTICES')])
    await cp(path, join(folder, path), { recursive: true });
  await run('chmod', ['-R', 'a+rX', folder]);
  await run('npm', ['pack', folder, '--ignore-scripts', '--pack-destination', out]);
}
