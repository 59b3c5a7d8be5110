/**
 * The binaries of the lab, built from Go modules into a cache folder outside the checkout, once per version.
 * A kubernetes binary is built in a wrapper module whose `replace` lines point the staging modules at their published versions.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The kube-apiserver versions that the lab knows, newest (the default) first. */
export const versions = ['1.37.2', '1.36.3', '1.35.4'] as const;
export type Version = (typeof versions)[number];
const etcdVersion = '3.6.16';

/** Absolute paths of the binaries of one control plane. */
export interface Assets {
  version: Version;
  kubeApiserver: string;
  kubeadm: string;
  kubectl: string;
  sampleApiserver: string;
  etcd: string;
  extensionServer: string;
  verifier: string;
}

/** Told what is being built, and how long it took. */
export type Say = (line: string) => void;

/** The cache folder: `$XDG_CACHE_HOME/aggctl-lab`, or `~/.cache/aggctl-lab`. */
const cacheFolder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'aggctl-lab');

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Gives the binaries of a version, building those that are missing; says what it builds and how long it took.
 * `KUBEBUILDER_ASSETS` (a folder with etcd, kube-apiserver and kubectl) comes first when its kube-apiserver is of that version.
 */
export async function assets(version: Version, say: Say = () => {}): Promise<Assets> {
  const given = await kubebuilderAssets(version);
  const kubernetes = (name: string, pkg?: string) => kubernetesProgram(version, name, say, pkg);
  return {
    version,
    kubeApiserver: given?.kubeApiserver ?? (await kubernetes('kube-apiserver')),
    kubeadm: await kubernetes('kubeadm'),
    kubectl: given?.kubectl ?? (await kubernetes('kubectl')),
    sampleApiserver: await kubernetes('sample-apiserver', 'k8s.io/sample-apiserver'),
    etcd: given?.etcd ?? (await built(`etcd-${etcdVersion}`, 'etcd', say, buildEtcd)),
    extensionServer: await ownProgram('extension-server', say),
    verifier: await ownProgram('verifier', say),
  };
}

/** A program of k8s.io/kubernetes of that version, or another package of its modules. */
export const kubernetesProgram = (version: Version, name: string, say: Say, pkg = `k8s.io/kubernetes/cmd/${name}`) =>
  built(`kubernetes-${version}`, name, say, (folder) => buildKubernetes(version, pkg, join(folder, name)));

async function kubebuilderAssets(version: Version) {
  const folder = process.env.KUBEBUILDER_ASSETS;
  if (!folder) return undefined;
  const kubeApiserver = join(folder, 'kube-apiserver');
  const { stdout } = await run(kubeApiserver, ['--version']);
  if (stdout.trim() !== `Kubernetes v${version}`) return undefined;
  return { kubeApiserver, kubectl: join(folder, 'kubectl'), etcd: join(folder, 'etcd') };
}

/** Builds `name` in a temporary folder and moves it into the cache: an interrupted build leaves nothing half-done there. */
export async function built(set: string, name: string, say: Say, build: (folder: string) => Promise<void>): Promise<string> {
  const path = join(cacheFolder, set, name);
  if (await exists(path)) return path;
  await mkdir(dirname(path), { recursive: true });
  const folder = await mkdtemp(join(cacheFolder, 'build-'));
  const started = Date.now();
  say(`building ${set}/${name} …`);
  try {
    await build(folder);
    await rename(join(folder, name), path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  say(`built ${set}/${name} in ${Math.round((Date.now() - started) / 1000)} s`);
  return path;
}

const goEnv = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=mod -buildvcs=false', GOWORK: 'off' };
const go = (cwd: string, ...args: string[]) => run('go', args, { cwd, env: goEnv, maxBuffer: 64 * 1024 * 1024 });

async function buildKubernetes(version: Version, pkg: string, out: string): Promise<void> {
  const folder = dirname(out);
  const sources = await moduleFolder({ module: 'k8s.io/kubernetes', version: `v${version}` });
  const upstream = await readFile(join(sources, 'go.mod'), 'utf8');
  const [, minor, patch] = version.split('.');
  const staging = [...upstream.matchAll(/^\s*(k8s\.io\/\S+) => \.\/staging\//gm)].map((match) => match[1]);
  await writeFile(
    join(folder, 'go.mod'),
    [
      'module example.test/controlplane',
      ...(upstream.match(/^go .*$/m) ?? []),
      ...(upstream.match(/^godebug (\([^)]*\)|.*)$/m)?.slice(0, 1) ?? []),
      `require k8s.io/kubernetes v${version}`,
      ...staging.map((module) => `replace ${module} => ${module} v0.${minor}.${patch}`),
      '',
    ].join('\n'),
  );
  await copyFile(join(sources, 'go.sum'), join(folder, 'go.sum'));
  await chmod(join(folder, 'go.sum'), 0o644);
  const stamp = [
    `k8s.io/component-base/version.gitVersion=v${version}`,
    'k8s.io/component-base/version.gitMajor=1',
    `k8s.io/component-base/version.gitMinor=${minor}`,
    `k8s.io/client-go/pkg/version.gitVersion=v${version}`,
  ];
  await go(folder, 'build', '-trimpath', '-ldflags', `-s -w ${stamp.map((s) => `-X ${s}`).join(' ')}`, '-o', out, pkg);
}

const buildEtcd = (folder: string) =>
  buildProgram(folder, { name: 'etcd', module: 'go.etcd.io/etcd/server/v3', version: `v${etcdVersion}`, pkg: 'go.etcd.io/etcd/server/v3' });

/** A program of a published Go module, in a wrapper module that requires nothing else. */
export interface Program {
  name: string;
  module: string;
  version: string;
  pkg: string;
  tags?: string;
  /** A Go variable that is to hold the version, for the linker. */
  stamp?: string;
}

/** The folder of the module's sources in Go's module cache. */
export async function moduleFolder({ module, version }: Pick<Program, 'module' | 'version'>): Promise<string> {
  const { stdout } = await go(cacheFolder, 'mod', 'download', '-json', `${module}@${version}`);
  return (JSON.parse(stdout) as { Dir: string }).Dir;
}

/** Builds it into `folder`, which is to hold nothing else. */
export async function buildProgram(folder: string, { name, module, version, pkg, tags = '', stamp }: Program): Promise<void> {
  await writeFile(join(folder, 'go.mod'), `module example.test/wrapper\ngo 1.26\nrequire ${module} ${version}\n`);
  const flags = `-s -w${stamp ? ` -X ${stamp}` : ''}`;
  await go(folder, 'build', '-trimpath', '-tags', tags, '-ldflags', flags, '-o', join(folder, name), pkg);
}

/** A Go program of the lab itself (standard library only), keyed by the digest of its sources. */
export async function ownProgram(name: string, say: Say): Promise<string> {
  const sources = join(dirname(fileURLToPath(import.meta.url)), name);
  const digest = createHash('sha256');
  for (const file of (await readdir(sources)).sort()) digest.update(file).update(await readFile(join(sources, file)));
  const set = `lab-${digest.digest('hex').slice(0, 12)}`;
  return built(set, name, say, (folder) => go(sources, 'build', '-trimpath', '-o', join(folder, name), '.').then(() => undefined));
}
