/** aggctl as one file: Node with aggctl's modules, demos, schemas and completion scripts inside (nodejs.org/api/single-executable-applications.html). */
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inject } from 'postject';
import { asCommonJs, asOneFile, bundle } from '../bundle.mjs';
import { nodePackage, targets } from './nodes.mjs';

const run = promisify(execFile);
const target = 'node24';
/** Marks the place in Node that tells whether there is a blob. */
const sentinelFuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Writes what all executables hold: `main.cjs` and the folder `modules`. Gives esbuild's metafile. */
export async function makeModules(folder) {
  const metafile = await bundle(join(folder, 'esm'), { target, chunks: '' });
  const files = await readdir(join(folder, 'esm'));
  await asCommonJs(
    files.map((file) => join(folder, 'esm', file)),
    join(folder, 'modules'),
    target,
  );
  await asOneFile('scripts/executable/main.cjs', join(folder, 'main.cjs'), target);
  return metafile;
}

/** Writes the executable of a platform to `out`. */
export async function makeExecutable(platform, made, out) {
  const { node, builder } = targets[platform];
  const binary = (folder) => join(folder, 'bin/node');
  const builds = binary(await nodePackage(builder));
  const folders = { completion: 'completion', demo: 'demo', schema: 'schema', modules: join(made, 'modules') };
  // V8 accepts no code of another platform.
  if (node === builder) folders['code-cache'] = await makeCodeCache(builds, made);
  // The blob holds the path of the main script as it is given here.
  const config = { main: 'main.cjs', output: `${platform}.blob`, disableExperimentalSEAWarning: true, assets: await assetsOf(folders) };
  await writeFile(join(made, 'sea.json'), JSON.stringify(config));
  await run(builds, ['--experimental-sea-config', 'sea.json'], { cwd: made });
  await copyFile(binary(await nodePackage(node)), out);
  const segment = platform.startsWith('darwin') ? { machoSegmentName: 'NODE_SEA' } : {};
  await inject(out, 'NODE_SEA_BLOB', await readFile(join(made, config.output)), { sentinelFuse, ...segment });
  await chmod(out, 0o755);
}

async function makeCodeCache(node, made) {
  const folder = join(made, 'code-cache');
  await mkdir(folder, { recursive: true });
  await run(node, ['--predictable', 'scripts/executable/code-cache.cjs', join(made, 'modules'), folder], {
    env: { PATH: process.env.PATH },
  });
  return folder;
}

/** Each file of these folders, by the name of the asset. */
async function assetsOf(folders) {
  const named = Object.entries(folders).map(async ([name, folder]) =>
    (await readdir(folder)).sort().map((file) => [`${name}/${file}`, resolve(folder, file)]),
  );
  return Object.fromEntries((await Promise.all(named)).flat());
}
