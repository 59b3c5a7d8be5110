/** A real control plane in namespaces of its own: etcd and kube-apiserver as processes, PKI and manifests by kubeadm. Needs root. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Api, apiOf } from './api.ts';
import { type Apiserver, apiserverOf } from './apiserver.ts';
import { assets, type Version, versions } from './assets.ts';
import { keepLogs, makeFolder } from './folders.ts';
import { kubeadmConfig, kubeadmPhases, writePrograms } from './kubeadm.ts';
import { type Manifest, manifestAt } from './manifest.ts';
import { openNamespace } from './namespace.ts';
import { environment, type LabNode, mustRun, type RunOptions, run } from './node.ts';
import type { Pair } from './pki.ts';
import type { Finished } from './protocol.ts';
import { type Restartable, restoreNode, restoreState, type State, takeState } from './state.ts';

export interface ControlPlaneOptions {
  version?: Version;
  /** Name of the node; cp-1 when not given. */
  name?: string;
  /** Of all keys that kubeadm makes; RSA-2048 when not given. */
  encryptionAlgorithm?: 'ECDSA-P256';
  /** Changes to kube-apiserver's manifest before its first start. */
  prepare?: (manifest: Manifest) => Promise<void>;
  say?: (line: string) => void;
}

export interface ControlPlane extends LabNode, Api, Apiserver {
  version: Version;
  /** admin.conf (group kubeadm:cluster-admins) and super-admin.conf (system:masters) in the root folder; they work inside the namespace. */
  kubeconfig: { admin: string; superAdmin: string };
  /** kube-apiserver's. */
  manifest: Manifest;
  /** Absolute path, on the host, of a path on the node. */
  path(onNode: string): string;
  /** Reads and writes files of the node's root, e.g. `etc/kubernetes/pki/front-proxy-client.crt`. */
  read(onNode: string): Promise<string>;
  write(onNode: string, text: string): Promise<void>;
  /** A pair of kubeadm's PKI: `ca`, `front-proxy-ca`, `front-proxy-client`, `apiserver`, `etcd/ca`, … */
  pair(name: string): Promise<Pair>;
  /** Runs a program in the namespace to its end, as root, without the runner's environment. */
  run(argv: readonly string[], options?: RunOptions): Promise<Finished>;
  /** Remembers the node's /etc/kubernetes and the API objects that faults change. */
  snapshotState(): Promise<State>;
  /** Another control-plane node in the same cluster, on the same etcd, as `kubeadm join --control-plane` makes it; it ends with this one. */
  join(name: string): Promise<ControlPlane>;
  /**
   * Brings both back: restarts kube-apiserver when files had changed or it had died, and waits until the APIServices that were Available
   * are served again. The extension servers given are started anew.
   */
  restore(state: State, ...servers: Restartable[]): Promise<void>;
  /** Brings back the files alone, and a kube-apiserver that runs with them. */
  restoreFiles(state: State): Promise<void>;
  /** Ends everything. With `keepLogs` the logs are kept and `say` tells where. */
  stop(options?: { keepLogs?: boolean }): Promise<void>;
}

/** Up in seconds once the binaries are built. Whatever ends the calling process ends the control plane, too. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { version = versions[0], name = 'cp-1', prepare, encryptionAlgorithm, say = console.error } = options;
  if (process.getuid?.() !== 0)
    throw new Error('The lab needs root: it makes namespaces and mounts. Run it as root, for example with sudo.');
  const binaries = await assets(version, say);
  const folder = await makeFolder(name);
  const root = join(folder, 'root');
  await mkdir(join(root, 'etc/kubernetes'), { recursive: true });
  const setup = { folder, hostname: name, address: '192.0.2.10/24', binds: { '/etc/kubernetes': join(root, 'etc/kubernetes') } };
  const namespace = await openNamespace(setup, join(folder, 'logs/init.log'));
  const node: LabNode = { name, address: '192.0.2.10', assets: binaries, folder, root, namespace, controllers: false };
  const stop = async ({ keepLogs: keep = false } = {}) => {
    if (keep) say(`logs of ${name} kept in ${await keepLogs(folder)}`);
    await namespace.close();
  };
  try {
    await furnish(node, encryptionAlgorithm === undefined ? {} : { encryptionAlgorithm });
    const manifest = manifestAt(join(root, 'etc/kubernetes/manifests/kube-apiserver.yaml'));
    await prepare?.(manifest);
    const api = await apiOf(node);
    const apiserver = apiserverOf(node, manifest, api);
    await startEtcd(node);
    await apiserver.startApiserver();
    await finishAsKubeadm(node, api);
    return controlPlaneOf({ node, api, apiserver, manifest, stop });
  } catch (error) {
    await stop({ keepLogs: true });
    throw error;
  }
}

interface Parts {
  node: LabNode;
  api: Api;
  apiserver: Apiserver;
  manifest: Manifest;
  stop: ControlPlane['stop'];
}

/** Puts together what a test works with. */
export function controlPlaneOf({ node, api, apiserver, manifest, stop }: Parts): ControlPlane {
  const path = (onNode: string) => join(node.root, onNode);
  const read = (onNode: string) => readFile(path(onNode), 'utf8');
  return {
    ...node,
    ...api,
    ...apiserver,
    version: node.assets.version,
    kubeconfig: { admin: path('etc/kubernetes/admin.conf'), superAdmin: path('etc/kubernetes/super-admin.conf') },
    manifest,
    path,
    read,
    write: (onNode, text) => writeFile(path(onNode), text),
    pair: async (pair) => ({ cert: await read(`etc/kubernetes/pki/${pair}.crt`), key: await read(`etc/kubernetes/pki/${pair}.key`) }),
    run: (argv, runOptions) => run(node, argv, runOptions),
    snapshotState: () => takeState(node, api),
    join: (name) => joinControlPlane(node, name),
    restore: (state, ...servers) => restoreState(node, api, apiserver, state, servers),
    restoreFiles: (state) => restoreNode(node, api, apiserver, state),
    stop,
  };
}

/** Shared among control-plane nodes; `kubeadm join` fetches them from Secret kubeadm-certs. */
const sharedFiles = ['ca', 'front-proxy-ca', 'etcd/ca'].flatMap((pair) => [`${pair}.crt`, `${pair}.key`]).concat('sa.pub', 'sa.key');

/** cp-2 gets the second address, and so on. It has a root folder and logs of its own, and the first node's namespace and etcd. */
async function joinControlPlane(first: LabNode, name: string): Promise<ControlPlane> {
  const folder = join(first.folder, name);
  const address = `192.0.2.${9 + Number(name.split('-').at(-1))}`;
  const node: LabNode = { ...first, name, address, folder, root: join(folder, 'root') };
  const pki = join(node.root, 'etc/kubernetes/pki');
  for (const made of [join(pki, 'etcd'), join(folder, 'logs'), join(folder, 'bin'), join(folder, 'home')])
    await mkdir(made, { recursive: true });
  for (const file of sharedFiles) await copyFile(join(first.root, 'etc/kubernetes/pki', file), join(pki, file));
  await mustRun(first, ['ip', 'address', 'replace', `${address}/24`, 'dev', 'node']);
  await furnish(node, { joined: true });
  const manifest = manifestAt(join(node.root, 'etc/kubernetes/manifests/kube-apiserver.yaml'));
  const api = await apiOf(node);
  const apiserver = apiserverOf(node, manifest, api);
  await apiserver.startApiserver();
  return controlPlaneOf({ node, api, apiserver, manifest, stop: apiserver.stopApiserver });
}

/** Fills the root folder. A copy of super-admin.conf is the lab's own way in, whatever a fault does to the node's. */
async function furnish(
  node: LabNode,
  { joined = false, encryptionAlgorithm }: { joined?: boolean; encryptionAlgorithm?: ControlPlaneOptions['encryptionAlgorithm'] } = {},
): Promise<void> {
  const config = join(node.root, 'kubeadm.yaml');
  await writeFile(config, kubeadmConfig(node.assets.version, node, encryptionAlgorithm));
  for (const argv of kubeadmPhases(node.assets, node.root)) await mustRun(node, argv);
  await rm(config);
  await writeFile(join(node.root, 'etc/hostname'), `${node.name}\n`);
  await copyFile(join(node.root, 'etc/kubernetes/super-admin.conf'), join(node.folder, 'super-admin.conf'));
  await writePrograms(node, { joined });
}

/** kube-apiserver dials until etcd answers, so nobody waits for it here. */
async function startEtcd(node: LabNode): Promise<void> {
  const argv = await manifestAt(join(node.root, 'etc/kubernetes/manifests/etcd.yaml')).command();
  await node.namespace.send('start', { name: 'etcd', argv, env: environment(node.folder), log: join(node.folder, 'logs/etcd.log') });
}

/** What the later phases of `kubeadm init` do over the API: admin.conf gets its rights, ConfigMap kubeadm-config is written. */
async function finishAsKubeadm(node: LabNode, api: Api): Promise<void> {
  const binding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'kubeadm:cluster-admins' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'kubeadm:cluster-admins' }],
  };
  const { status, text } = await api.request('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', { method: 'POST', body: binding });
  if (status !== 201) throw new Error(`creating ClusterRoleBinding kubeadm:cluster-admins was answered ${status}: ${text}`);
  const config = join(node.folder, 'kubeadm.yaml');
  await writeFile(config, kubeadmConfig(node.assets.version, node));
  await mustRun(node, [
    'kubeadm',
    'init',
    'phase',
    'upload-config',
    'kubeadm',
    '--config',
    config,
    '--kubeconfig',
    join(node.folder, 'super-admin.conf'),
  ]);
}
