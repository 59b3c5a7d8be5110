/** Container images of one static program each, as tars in OCI layout that `ctr images import` takes. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { built, type Say } from './assets.ts';

const run = promisify(execFile);

export interface Image {
  /** Each with registry and tag. */
  names: readonly string[];
  /** The program on this machine, and where it is in the image. */
  program: string;
  path: string;
}

/** Absolute path of its tar in the cache, made when it is missing. A program's path tells its version. */
export function imageTar(image: Image, say: Say): Promise<string> {
  const set = `image-${createHash('sha256').update(JSON.stringify(image)).digest('hex').slice(0, 12)}`;
  return built(set, 'image.tar', say, (folder) => pack(folder, image));
}

const json = 'application/vnd.oci.image';

async function pack(folder: string, { names, program, path }: Image): Promise<void> {
  const blobs = join(folder, 'layout/blobs/sha256');
  const tree = join(folder, 'tree');
  await mkdir(blobs, { recursive: true });
  await mkdir(dirname(join(tree, path)), { recursive: true });
  await copyFile(program, join(tree, path));
  const layerFile = join(folder, 'layer.tar');
  await tar(layerFile, tree);
  const keep = async (mediaType: string, content: Buffer) => {
    const digest = createHash('sha256').update(content).digest('hex');
    await writeFile(join(blobs, digest), content);
    return { mediaType: `${json}.${mediaType}`, digest: `sha256:${digest}`, size: content.length };
  };
  const keepJson = (mediaType: string, value: unknown) => keep(`${mediaType}+json`, Buffer.from(JSON.stringify(value)));
  const layer = await keep('layer.v1.tar', await readFile(layerFile));
  const config = await keepJson('config.v1', {
    architecture: process.arch === 'x64' ? 'amd64' : process.arch,
    os: 'linux',
    config: { Env: ['PATH=/usr/local/bin:/usr/bin:/bin'], Entrypoint: [path] },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const manifest = await keepJson('manifest.v1', { schemaVersion: 2, mediaType: `${json}.manifest.v1+json`, config, layers: [layer] });
  const named = names.map((name) => ({
    ...manifest,
    annotations: { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': name.split(':').at(-1) },
  }));
  await writeFile(join(folder, 'layout/index.json'), JSON.stringify({ schemaVersion: 2, manifests: named }));
  await writeFile(join(folder, 'layout/oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await tar(join(folder, 'image.tar'), join(folder, 'layout'));
}

const tar = (file: string, folder: string) =>
  run('tar', ['--create', '--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--file', file, '-C', folder, '.']);
