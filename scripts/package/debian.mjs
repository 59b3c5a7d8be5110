/** The files of an image beside aggctl: of Debian packages, each pinned by its digest, in the same cache as the Nodes. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { cache } from './nodes.mjs';

const run = promisify(execFile);

/** Paths below pool/main of Debian 12, and SHA-256. */
const packages = {
  amd64: {
    'g/glibc/libc6_2.36-9+deb12u14_amd64.deb': 'ba4f88f73dbc3ae9055f3c20f4523bfdbaf1ad13ff95e258924f77d20b4fbedf',
    'g/gcc-12/libgcc-s1_12.2.0-14+deb12u1_amd64.deb': '3016e62cb4b7cd8038822870601f5ed131befe942774d0f745622cc77d8a88f7',
    'g/gcc-12/libstdc++6_12.2.0-14+deb12u1_amd64.deb': '5cd3171216d4ab0fc911cfe9c35509bf2dd8f47761c43b7f6a4296701551a24d',
    'g/gcc-12/gcc-12-base_12.2.0-14+deb12u1_amd64.deb': '1896a2aacf4ad681ff5eacc24a5b0ca4d5d9c9b9c9e4b6de5197bc1e116ea619',
  },
  arm64: {
    'g/glibc/libc6_2.36-9+deb12u14_arm64.deb': '01f4330719fd4f65580e16ea5a0527f372fca750e8f588d26deaf09f2d3b1cf4',
    'g/gcc-12/libgcc-s1_12.2.0-14+deb12u1_arm64.deb': '576926b283613db80168ddf76380a3bd877602778cf0d226caa7bfbfa71eacf3',
    'g/gcc-12/libstdc++6_12.2.0-14+deb12u1_arm64.deb': '26e138c677a985775331373828a6c286c551ff397cb735d00e2383cb273d1cb2',
    'g/gcc-12/gcc-12-base_12.2.0-14+deb12u1_arm64.deb': '674cf6cba6d432bd200c45fe866c1652c7a53523cc2e7a613e05bc4abf7b5440',
  },
  all: {
    'c/ca-certificates/ca-certificates_20230311+deb12u1_all.deb': '0d5f444f594e48c1e16a41d8fc628a09b24c658916a1274025c2330f2a802bed',
  },
};

/** Their names, versions and architectures. */
export const debianPackages = Object.values(packages)
  .flatMap((paths) => Object.keys(paths))
  .map((path) => {
    const [name, version, architecture] = basename(path, '.deb').split('_');
    return { name, version, architecture };
  });

/** A package leaves the first of them when a newer one replaces it. */
const mirrors = ['http://deb.debian.org/debian', 'https://snapshot.debian.org/archive/debian/20261101T000000Z'];

/** Unpacks the packages of an architecture into `folder`. */
export async function unpackDebian(architecture, folder) {
  await mkdir(folder, { recursive: true });
  for (const [path, digest] of Object.entries({ ...packages[architecture], ...packages.all })) {
    const data = dataOf(await readFile(await download(path, digest)), path);
    const archive = join(folder, data.name);
    await writeFile(archive, data.content);
    await run('tar', ['-xJf', archive, '-C', folder]);
    await rm(archive);
  }
}

/** Its path in the cache. */
async function download(path, digest) {
  const file = join(cache, basename(path));
  const known = await readFile(file).catch(() => null);
  if (known && sha256(known) === digest) return file;
  await mkdir(cache, { recursive: true });
  const temporary = await mkdtemp(join(cache, 'download-'));
  try {
    const content = await fetched(`pool/main/${path}`);
    if (sha256(content) !== digest)
      throw new Error(`${path}: Debian's mirror has a file with the digest ${sha256(content)}, not ${digest}`);
    await writeFile(join(temporary, 'package.deb'), content);
    await rename(join(temporary, 'package.deb'), file);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return file;
}

async function fetched(path) {
  const said = [];
  for (const mirror of mirrors) {
    const answer = await fetch(`${mirror}/${path}`).catch((error) => error);
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
    said.push(`${mirror}: ${answer.status ?? answer.cause?.message ?? answer.message}`);
  }
  throw new Error(`${path} cannot be downloaded (${said.join('; ')}): name a newer version in scripts/package/debian.mjs`);
}

const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** The member `data.tar.xz` of a package, which is an ar archive (deb(5)): 60 bytes of header before each member, which begins at an even offset. */
function dataOf(archive, path) {
  for (let at = 8; at < archive.length; ) {
    const name = archive
      .toString('latin1', at, at + 16)
      .trim()
      .replace(/\/$/, '');
    const size = Number(archive.toString('latin1', at + 48, at + 58));
    const content = archive.subarray(at + 60, at + 60 + size);
    if (name === 'data.tar.xz') return { name, content };
    at += 60 + size + (size % 2);
  }
  throw new Error(`${path} holds no data.tar.xz`);
}
