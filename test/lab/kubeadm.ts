/** What kubeadm makes of a control-plane node's root folder, and the programs that run with it. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Assets } from './assets.ts';
import type { LabNode } from './node.ts';

/** Where a node is: its name and IPv4 address. */
export interface Node {
  name: string;
  address: string;
}

/** kubeadm's configuration of a node, as YAML; the algorithm is that of all its keys, as kubeadm names it. */
export function kubeadmConfig(version: string, node: Node, encryptionAlgorithm = 'RSA-2048'): string {
  return documents(initConfiguration(node), {
    ...clusterConfiguration(version),
    ...(encryptionAlgorithm !== 'RSA-2048' && { encryptionAlgorithm }),
  });
}

/** Its InitConfiguration and its ClusterConfiguration. */
export const initConfiguration = ({ name, address }: Node) => ({
  apiVersion: 'kubeadm.k8s.io/v1beta4',
  kind: 'InitConfiguration',
  localAPIEndpoint: { advertiseAddress: address, bindPort: 6443 },
  nodeRegistration: { name, criSocket: 'unix:///run/containerd/containerd.sock' },
});
export const clusterConfiguration = (version: string) => ({
  apiVersion: 'kubeadm.k8s.io/v1beta4',
  kind: 'ClusterConfiguration',
  kubernetesVersion: `v${version}`,
  certificatesDir: '/etc/kubernetes/pki',
});
/** Several documents in one YAML text. */
export const documents = (...all: object[]) => all.map((document) => stringify(document)).join('---\n');

/** The phases that fill a root folder: PKI, kubeconfigs, static pod manifests. kubeadm enters the folder by chroot. */
export function kubeadmPhases(assets: Assets, root: string): string[][] {
  const phase = (...words: string[]) => [assets.kubeadm, 'init', 'phase', ...words, '--config', '/kubeadm.yaml', '--rootfs', root];
  return [phase('certs', 'all'), phase('kubeconfig', 'all'), phase('control-plane', 'all'), phase('etcd', 'local')];
}

/** Every request, without bodies. */
export const auditPolicy = 'apiVersion: audit.k8s.io/v1\nkind: Policy\nomitStages: [RequestReceived]\nrules: [{level: Metadata}]\n';

/** Puts a root folder's /etc/kubernetes in place of the first node's, for one program alone. */
const inItsRoot = (root: string) => `exec unshare --mount sh -c 'mount --bind ${root}/etc/kubernetes /etc/kubernetes && exec "$@"' --`;

/**
 * The folder of programs that a manifest's command finds first: each is the real one with what the lab adds to its arguments, so that the
 * manifest itself stays as kubeadm made it. Every kube-apiserver listens on its node's address alone: nodes that joined share a namespace.
 * KUBE_APISERVER is the binary of another version.
 */
export async function writePrograms({ assets, folder, root, address }: LabNode, { joined = false } = {}): Promise<void> {
  await writeFile(join(folder, 'audit-policy.yaml'), auditPolicy);
  await mkdir(join(folder, 'etcd'), { mode: 0o700, recursive: true });
  const programs = {
    'kube-apiserver': `${joined ? inItsRoot(root) : 'exec'} \${KUBE_APISERVER:-${assets.kubeApiserver}} "$@" --bind-address=${address} --audit-policy-file=${folder}/audit-policy.yaml --audit-log-path=${folder}/logs/audit.log`,
    etcd: `exec ${assets.etcd} "$@" --data-dir=${folder}/etcd --unsafe-no-fsync`,
    kubectl: `exec ${assets.kubectl} "$@"`,
    kubeadm: `exec ${assets.kubeadm} "$@"`,
  };
  for (const [name, line] of Object.entries(programs)) {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${line}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  }
}
