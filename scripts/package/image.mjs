/** The image: aggctl's executables for Linux on the C and C++ libraries of Debian, as an OCI layout in a tar (github.com/opencontainers/image-spec v1.1). */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { unpackDebian } from './debian.mjs';
import { targets } from './nodes.mjs';

const run = promisify(execFile);

/** As Node and Go name them; what Node itself needs, and the resolver of names. */
const architectures = {
  'linux-x64': { architecture: 'amd64', triplet: 'x86_64-linux-gnu', loader: 'lib64/ld-linux-x86-64.so.2' },
  'linux-arm64': { architecture: 'arm64', triplet: 'aarch64-linux-gnu', loader: 'lib/ld-linux-aarch64.so.1' },
};
const libraries = [
  'libc.so.6',
  'libdl.so.2',
  'libm.so.6',
  'libpthread.so.0',
  'libgcc_s.so.1',
  'libnss_dns.so.2',
  'libnss_files.so.2',
  'libresolv.so.2',
];
/** As in distroless images: nobody in particular. */
const user = 65532;
const type = 'application/vnd.oci.image';

/** Writes `aggctl-image.tar`. `executables` is the folder that holds them; the same files give the same bytes. */
export async function makeImage(executables, made, out, notices) {
  const layout = join(made, 'layout');
  const blobs = join(layout, 'blobs/sha256');
  await mkdir(blobs, { recursive: true });
  const keep = async (mediaType, content) => {
    const digest = sha256(content);
    await writeFile(join(blobs, digest), content);
    return { mediaType: `${type}.${mediaType}`, digest: `sha256:${digest}`, size: content.length };
  };
  const keepJson = (mediaType, value) => keep(`${mediaType}+json`, Buffer.from(JSON.stringify(value)));
  const { version, description, license } = JSON.parse(await readFile('package.json', 'utf8'));
  const labels = {
    'org.opencontainers.image.title': 'aggctl',
    'org.opencontainers.image.description': description,
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.licenses': license,
  };
  const manifests = [];
  for (const [platform, { architecture, ...where }] of Object.entries(architectures)) {
    const tree = join(made, `root-${architecture}`);
    await makeRoot(tree, join(executables, `aggctl-${platform}`), { architecture, ...where, made, notices });
    const tar = join(made, `${architecture}.tar`);
    await tarOf(tar, tree);
    const content = await readFile(tar);
    const layer = await keep('layer.v1.tar+gzip', gzipSync(content, { level: 9 }));
    const config = await keepJson('config.v1', {
      architecture,
      os: 'linux',
      config: {
        User: `${user}:${user}`,
        Env: ['PATH=/usr/local/bin', 'HOME=/tmp'],
        Cmd: ['aggctl', '--help'],
        WorkingDir: '/tmp',
        Labels: labels,
      },
      rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(content)}`] },
    });
    const manifest = { schemaVersion: 2, mediaType: `${type}.manifest.v1+json`, config, layers: [layer], annotations: labels };
    manifests.push({ ...(await keepJson('manifest.v1', manifest)), platform: { architecture, os: 'linux' } });
  }
  const index = await keepJson('index.v1', { schemaVersion: 2, mediaType: `${type}.index.v1+json`, manifests, annotations: labels });
  const name = `docker.io/library/aggctl:${version}`;
  const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': version };
  await writeFile(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [{ ...index, annotations }] }));
  await writeFile(join(layout, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await tarOf(join(out, 'aggctl-image.tar'), layout);
}

/** The platforms whose executables it needs. */
export const imagePlatforms = Object.keys(architectures).filter((platform) => platform in targets);

async function makeRoot(tree, executable, { architecture, triplet, loader, made, notices }) {
  const debian = join(made, `debian-${architecture}`);
  await unpackDebian(architecture, debian);
  const put = async (path, from) => {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    // What a name leads to, under that name.
    await copyFile(from, join(tree, path));
  };
  for (const name of libraries) await put(`lib/${triplet}/${name}`, join(debian, 'lib', triplet, name));
  await put(`lib/${triplet}/libstdc++.so.6`, join(debian, 'usr/lib', triplet, 'libstdc++.so.6'));
  await put(loader, join(debian, 'lib', triplet, loader.split('/').at(-1)));
  await chmod(join(tree, loader), 0o755);
  await put('usr/local/bin/aggctl', executable);
  await chmod(join(tree, 'usr/local/bin/aggctl'), 0o755);
  await symlink('aggctl', join(tree, 'usr/local/bin/kubectl-aggctl'));
  const write = async (path, text) => {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    await writeFile(join(tree, path), text);
  };
  await write('etc/ssl/certs/ca-certificates.crt', await authorities(join(debian, 'usr/share/ca-certificates/mozilla')));
  await write('etc/passwd', `root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:${user}:${user}:nonroot:/tmp:/sbin/nologin\n`);
  await write('etc/group', `root:x:0:\nnonroot:x:${user}:\n`);
  await write('etc/nsswitch.conf', 'hosts: files dns\n');
  await mkdir(join(tree, 'tmp'));
  await chmod(join(tree, 'tmp'), 0o1777);
  await write('usr/share/doc/aggctl/THIRD-PARTY-NOTICES', notices);
  await put('usr/share/doc/aggctl/LICENSE', 'LICENSE');
  for (const name of ['libc6', 'gcc-12-base', 'ca-certificates'])
    await cp(join(debian, 'usr/share/doc', name, 'copyright'), join(tree, 'usr/share/doc', name, 'copyright'));
}

/** What update-ca-certificates makes of the package. */
async function authorities(folder) {
  const files = (await readdir(folder)).sort();
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))).join('');
}

const sha256 = (content) => createHash('sha256').update(content).digest('hex');
const same = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--format=ustar'];
const tarOf = (file, folder) => run('tar', [...same, '-cf', file, '-C', folder, ...['.']]);
