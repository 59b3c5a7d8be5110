/**
 * A whole kubeadm node in namespaces of its own: kubelet, containerd, a pod network and kube-proxy; the control plane runs in static pods.
 * Needs root. Up in seconds once the binaries are built; whatever ends the calling process ends the node, too.
 */
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { aggctlImageTar } from './aggctl-image.ts';
import { apiOf, type KubernetesObject } from './api.ts';
import { assets, type Version, versions } from './assets.ts';
import { cgroupOf } from './cgroup.ts';
import { type ControlPlane, type ControlPlaneOptions, controlPlaneOf } from './control-plane.ts';
import { keepLogs, makeFolder } from './folders.ts';
import { auditPolicy } from './kubeadm.ts';
import { manifestAt } from './manifest.ts';
import { openNamespace } from './namespace.ts';
import { environment, type LabNode, mustRun } from './node.ts';
import { type NodeAssets, nodeAssets, type OtherServer, otherImage, sampleImage } from './node-assets.ts';
import { apiserverPatch, cniConfig, containerdConfig, kubeProxyConfig, nodeKubeadmConfig, onNodePaths } from './node-config.ts';
import { installPackages } from './packages.ts';
import { type StaticApiserver, staticApiserver } from './static-pod.ts';
import { until } from './wait.ts';

/** Everything that a control plane has. Here kubelet restarts kube-apiserver when its manifest changes. */
export interface WholeNode extends ControlPlane, StaticApiserver {
  /** Runs iptables on the node: pods, Services and kube-apiserver's own connections pass its rules. */
  iptables(...args: string[]): Promise<string>;
  /**
   * Appends a rule to the lab's own chain, which every packet from the node, to it and through it passes first; `restore` empties it.
   * A Service's address is translated by then: match pods. E.g. `'-p', 'tcp', '--dport', '443', '-d', '10.244.0.0/24', '-j', 'DROP'`.
   */
  firewall(...rule: string[]): Promise<void>;
  /** Rules that kube-proxy made stay when it is stopped; `restore` starts it again. */
  kubeProxy: { start(): Promise<void>; stop(): Promise<void> };
  /** Pods run on without it; a minute later nobody vouches for them any more. Whoever stops it starts it again. */
  kubelet: { start(): Promise<void>; stop(): Promise<void> };
  /** Makes the image of an extension server that others made known to containerd; its name is in `image` of node-assets.ts. */
  importImage(server: OtherServer): Promise<void>;
  /** The same for aggctl's own image; its name is in aggctl-image.ts. */
  importAggctl(): Promise<void>;
  /** The same for the sample server that belongs to another version of Kubernetes. */
  importSample(version: Version): Promise<void>;
}

export type WholeNodeOptions = Pick<ControlPlaneOptions, 'version' | 'prepare' | 'say'>;
const chain = 'AGGCTL-LAB';

export async function startNode({ version = versions[0], prepare, say = console.error }: WholeNodeOptions = {}): Promise<WholeNode> {
  if (process.getuid?.() !== 0)
    throw new Error('The lab needs root: it makes namespaces and mounts. Run it as root, for example with sudo.');
  const name = 'cp-1';
  await installPackages(say);
  const binaries = await assets(version, say);
  const more = await nodeAssets(binaries, say);
  const folder = await makeFolder(name);
  const root = join(folder, 'root');
  const namespace = await openNamespace(
    { folder, hostname: name, address: '192.0.2.10/24', binds: await makeBinds(folder), cgroup: cgroupOf(folder) },
    join(folder, 'logs/init.log'),
  );
  const node: LabNode = { name, address: '192.0.2.10', assets: binaries, folder, root, namespace, controllers: true };
  const stop = async ({ keepLogs: keep = false } = {}) => {
    if (keep) say(`logs of ${name} kept in ${await keepLogs(folder)}`);
    await namespace.close();
  };
  try {
    await furnish(node, more);
    const manifest = manifestAt(join(root, 'etc/kubernetes/manifests/kube-apiserver.yaml'));
    await prepare?.(manifest);
    const kubeProxy = daemon(node, 'kube-proxy', [more.kubeProxy, `--config=${join(folder, 'kube-proxy.yaml')}`]);
    const api = await apiOf(node);
    const apiserver = staticApiserver(node, manifest, api);
    const kubelet = kubeletOf(node, more);
    await kubelet.start();
    await apiserver.startApiserver();
    await kubeProxy.start();
    await kubeadm(node, 'upload-config', 'all');
    await kubeadm(node, 'mark-control-plane');
    await kubeadm(node, 'bootstrap-token');
    await until('the node to be Ready, with its static pods', 60_000, async () => {
      const of = async (path: string) => ((await api.get(path))?.items ?? []) as KubernetesObject[];
      const isReady = (one: KubernetesObject) => one.type === 'Ready' && one.status === 'True';
      const nodes = await of('/api/v1/nodes');
      const pods = await of('/api/v1/namespaces/kube-system/pods');
      const running = pods.filter(({ status }) => status.phase === 'Running').length;
      return (nodes.some(({ status }) => status.conditions.some(isReady)) && running === 4) || undefined;
    });
    const iptables = (...args: string[]) => mustRun(node, ['iptables', '--wait', ...args]);
    await iptables('--new-chain', chain);
    for (const hook of ['INPUT', 'FORWARD', 'OUTPUT']) await iptables('--insert', hook, '--jump', chain);
    const controlPlane = controlPlaneOf({ node, manifest, api, apiserver, stop });
    return {
      ...controlPlane,
      ...apiserver,
      iptables,
      async firewall(...rule) {
        await iptables('--append', chain, ...rule);
      },
      kubeProxy,
      kubelet,
      async importImage(server) {
        await importImage(node, await otherImage(server, say));
      },
      async importAggctl() {
        await importImage(node, await aggctlImageTar(say));
      },
      async importSample(other) {
        await importImage(node, await sampleImage(await assets(other, say), say));
      },
      async restore(state, ...servers) {
        await iptables('--flush', chain);
        await kubeProxy.stop();
        await kubeProxy.start();
        await controlPlane.restore(state, ...servers);
      },
    };
  } catch (error) {
    await stop({ keepLogs: true });
    throw error;
  }
}

/** The node's own folders: under its root what `aggctl --root` is to find, elsewhere what it is not. */
async function makeBinds(folder: string): Promise<Record<string, string>> {
  const binds: Record<string, string> = { [onNodePaths.logs]: join(folder, 'logs'), '/var/lib/containerd': join(folder, 'containerd') };
  for (const path of ['/etc/kubernetes', '/etc/cni', '/var/lib/kubelet', '/var/lib/etcd', '/var/log/pods', '/var/log/containers'])
    binds[path] = join(folder, 'root', path);
  // A laptop's root: none of the files of a node.
  for (const place of [...Object.values(binds), join(folder, 'root/usr')]) await mkdir(place, { recursive: true });
  return binds;
}

const importImage = (node: LabNode, tar: string) =>
  mustRun(node, ['ctr', '--namespace', 'k8s.io', 'images', 'import', '--local', tar]).then(() => undefined);

/** containerd with its images, and all that kubeadm makes before kubelet runs. A copy of super-admin.conf is the lab's own way in. */
async function furnish(node: LabNode, more: NodeAssets): Promise<void> {
  const { folder, root } = node;
  const programs = [
    node.assets.kubectl,
    node.assets.kubeadm,
    ...['containerd', 'containerd-shim-runc-v2', 'ctr'].map((name) => join(more.containerd, name)),
  ];
  for (const program of programs) await symlink(program, join(folder, 'bin', program.split('/').at(-1) ?? ''));
  await mkdir(join(root, onNodePaths.network));
  await writeFile(join(root, onNodePaths.network, '10-pods.conflist'), JSON.stringify(cniConfig));
  await writeFile(join(root, onNodePaths.auditPolicy), auditPolicy);
  await writeFile(join(folder, 'containerd.toml'), containerdConfig);
  const patches = join(folder, 'patches');
  await mkdir(patches);
  await writeFile(join(patches, apiserverPatch.name), apiserverPatch.text);
  await writeFile(join(folder, 'kubeadm.yaml'), nodeKubeadmConfig(node.assets.version, node, { patches, cgroup: cgroupOf(folder) }));
  await Promise.all([startContainerd(node, more.images), kubeadmFiles(node)]);
  const kubeconfig = join(folder, 'super-admin.conf');
  await copyFile(join(root, 'etc/kubernetes/super-admin.conf'), kubeconfig);
  await writeFile(join(folder, 'kube-proxy.yaml'), stringify(kubeProxyConfig(kubeconfig, node)));
}

async function startContainerd(node: LabNode, images: readonly string[]): Promise<void> {
  await daemon(node, 'containerd', ['containerd', '--config', join(node.folder, 'containerd.toml')]).start();
  await until('containerd to answer', 30_000, async () =>
    mustRun(node, ['ctr', 'version']).then(
      () => true,
      () => undefined,
    ),
  );
  await Promise.all(images.map((tar) => importImage(node, tar)));
}

const kubeadm = (node: LabNode, ...phase: string[]) =>
  mustRun(node, ['kubeadm', 'init', 'phase', ...phase, '--config', join(node.folder, 'kubeadm.yaml')]);

async function kubeadmFiles(node: LabNode): Promise<void> {
  for (const phase of ['certs all', 'kubeconfig all', 'etcd local', 'control-plane all', 'kubelet-start'])
    await kubeadm(node, ...phase.split(' '));
}

const kubeletOf = (node: LabNode, { kubelet }: NodeAssets) =>
  daemon(node, 'kubelet', [
    kubelet,
    '--kubeconfig=/etc/kubernetes/kubelet.conf',
    '--config=/var/lib/kubelet/config.yaml',
    `--hostname-override=${node.name}`,
    `--node-ip=${node.address}`,
  ]);

const daemon = (node: LabNode, name: string, argv: readonly string[]) => ({
  async start() {
    await node.namespace.send('start', { name, argv, env: environment(node.folder), log: join(node.folder, 'logs', `${name}.log`) });
  },
  async stop() {
    await node.namespace.send('stop', { name });
  },
});
