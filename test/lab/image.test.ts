/** aggctl's image as an OCI layout: every blob is what its digest says, and the root directory holds nothing but what it needs. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { aggctlImageTar } from './aggctl-image.ts';
import { checkout } from './namespace.ts';
import { more } from './tiers.ts';

const run = promisify(execFile);
const sha256 = (content: Buffer) => `sha256:${createHash('sha256').update(content).digest('hex')}`;
let tar: string;
let layout: string;
const blob = (digest: string) => join(layout, 'blobs', digest.replace(':', '/'));
const json = async (digest: string) => JSON.parse(await readFile(blob(digest), 'utf8'));

beforeAll(async () => {
  tar = await aggctlImageTar(console.error);
  layout = await mkdtemp(join(tmpdir(), 'aggctl-image-'));
  await run('tar', ['-xf', tar, '-C', layout]);
}, 300_000);
afterAll(() => rm(layout, { recursive: true, force: true }));

test('every blob is what its digest says', async () => {
  const names = await readdir(join(layout, 'blobs/sha256'));
  // For each of two platforms a layer, its configuration and its manifest; and their index.
  expect(names).toHaveLength(7);
  for (const name of names) expect(sha256(await readFile(blob(`sha256:${name}`)))).toBe(`sha256:${name}`);
});

test('both platforms run aggctl, as a user without rights', async () => {
  const [whole] = JSON.parse(await readFile(join(layout, 'index.json'), 'utf8')).manifests;
  const { manifests } = await json(whole.digest);
  expect(manifests.map(({ platform }: { platform: object }) => platform)).toEqual([
    { architecture: 'amd64', os: 'linux' },
    { architecture: 'arm64', os: 'linux' },
  ]);
  for (const { digest, platform } of manifests) {
    const { config, layers } = await json(digest);
    expect(layers).toHaveLength(1);
    const { architecture, config: how } = await json(config.digest);
    expect(architecture).toBe(platform.architecture);
    expect(how).toMatchObject({ User: '65532:65532', Labels: { 'org.opencontainers.image.version': manifest.version } });
    const { stdout } = await run('tar', ['-tvzf', blob(layers[0].digest)]);
    const lines = stdout.trimEnd().split('\n');
    const files = lines.filter((line) => !line.startsWith('d')).map((line) => line.replace(/ -> .*/, '').split(' ./')[1] ?? '');
    const places = new Set(files.map((path) => (path.startsWith('lib') ? 'lib' : path)));
    expect([...places].sort()).toEqual([
      ...['etc/group', 'etc/nsswitch.conf', 'etc/passwd', 'etc/ssl/certs/ca-certificates.crt', 'lib'],
      ...['usr/local/bin/aggctl', 'usr/local/bin/kubectl-aggctl'],
      ...['aggctl/LICENSE', 'aggctl/THIRD-PARTY-NOTICES', 'ca-certificates/copyright', 'gcc-12-base/copyright', 'libc6/copyright'].map(
        (path) => `usr/share/doc/${path}`,
      ),
    ]);
    // Others may write into /tmp alone.
    expect(lines.filter((line) => line[8] === 'w' && line[0] !== 'l').map((line) => line.split(' ').at(-1))).toEqual(['./tmp/']);
  }
});

test('the same files give the same image', { timeout: 300_000, ...more }, async () => {
  const out = await mkdtemp(join(tmpdir(), 'aggctl-image-again-'));
  await run(process.execPath, ['scripts/package.mjs', '--out', out, 'image'], { cwd: checkout });
  expect(sha256(await readFile(join(out, 'aggctl-image.tar')))).toBe(sha256(await readFile(tar)));
  await rm(out, { recursive: true });
});
