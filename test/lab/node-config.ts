/** The configuration of a whole node: what kubeadm, containerd, CNI and kube-proxy are told. */
import { clusterConfiguration, documents, initConfiguration, type Node } from './kubeadm.ts';
import { image } from './node-assets.ts';

/** Kubelet tells there, to everybody on the node, which pods it runs: the lab looks on while kube-apiserver is down. */
export const kubeletReadOnlyPort = 10255;

const podNetwork = '10.244.0.0/16';
const extraArgs = (args: Record<string, string>) => ({ extraArgs: Object.entries(args).map(([name, value]) => ({ name, value })) });

/** Where pods and root on the node find things; the folders are the lab's. */
export const onNodePaths = {
  auditPolicy: '/etc/kubernetes/audit-policy.yaml',
  logs: '/var/log/kubernetes',
  plugins: '/var/lib/kubelet/volumeplugins',
  network: '/etc/cni/net.d',
};

/** `patches` is a folder of kubeadm's patches, `cgroup` the one that is to hold all pods. */
export function nodeKubeadmConfig(version: string, node: Node, { patches, cgroup }: { patches: string; cgroup: string }): string {
  const init = initConfiguration(node);
  const mounted = (name: string, path: string, readOnly: boolean, pathType: string) => ({
    name,
    hostPath: path,
    mountPath: path,
    readOnly,
    pathType,
  });
  const cluster = {
    ...clusterConfiguration(version),
    networking: { podSubnet: podNetwork },
    apiServer: {
      ...extraArgs({ 'audit-policy-file': onNodePaths.auditPolicy, 'audit-log-path': `${onNodePaths.logs}/audit.log` }),
      extraVolumes: [
        mounted('audit-policy', onNodePaths.auditPolicy, true, 'File'),
        mounted('audit-log', onNodePaths.logs, false, 'DirectoryOrCreate'),
      ],
    },
    // A restart of kube-apiserver would cost them their lease, and minutes.
    controllerManager: extraArgs({ 'leader-elect': 'false', 'flex-volume-plugin-dir': onNodePaths.plugins }),
    scheduler: extraArgs({ 'leader-elect': 'false' }),
    etcd: { local: { dataDir: '/var/lib/etcd', ...extraArgs({ 'unsafe-no-fsync': 'true' }) } },
  };
  return documents(
    { ...init, nodeRegistration: { ...init.nodeRegistration, taints: [] }, patches: { directory: patches } },
    cluster,
    kubeletConfiguration(cgroup),
  );
}

/** What a development machine needs (swap, cgroup v1, little disk), and quick answers. */
const kubeletConfiguration = (cgroup: string) => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  cgroupDriver: 'cgroupfs',
  cgroupRoot: `/${cgroup}`,
  failCgroupV1: false,
  failSwapOn: false,
  enforceNodeAllocatable: ['none'],
  localStorageCapacityIsolation: false,
  evictionHard: { 'memory.available': '0%', 'nodefs.available': '0%', 'nodefs.inodesFree': '0%', 'imagefs.available': '0%' },
  volumePluginDir: onNodePaths.plugins,
  readOnlyPort: kubeletReadOnlyPort,
  crashLoopBackOff: { maxContainerRestartPeriod: '1s' },
});

/** A strategic patch of kube-apiserver's manifest: it would go on for half a minute while somebody watches. */
export const apiserverPatch = { name: 'kube-apiserver+strategic.yaml', text: 'spec: {terminationGracePeriodSeconds: 2}\n' };

/** Restricted OOM scores: a lab has no CAP_SYS_RESOURCE to lower them. */
export const containerdConfig = `version = 3
root = "/var/lib/containerd"
state = "/run/containerd"

[grpc]
address = "/run/containerd/containerd.sock"

[plugins.'io.containerd.cri.v1.images']
snapshotter = "overlayfs"

[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = "${image.pause}"

[plugins.'io.containerd.cri.v1.runtime']
restrict_oom_score_adj = true

[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ["/usr/lib/cni"]
conf_dir = "${onNodePaths.network}"

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
SystemdCgroup = false
`;

/** A bridge, and addresses of the node's own part of the pod network. No plugin here enforces a NetworkPolicy. */
export const cniConfig = {
  cniVersion: '1.0.0',
  name: 'pods',
  plugins: [
    {
      type: 'bridge',
      bridge: 'cni0',
      isGateway: true,
      hairpinMode: true,
      ipam: { type: 'host-local', ranges: [[{ subnet: '10.244.0.0/24' }]], routes: [{ dst: '0.0.0.0/0' }] },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
};

export const kubeProxyConfig = (kubeconfig: string, { name }: Node) => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  clientConnection: { kubeconfig },
  hostnameOverride: name,
  mode: 'iptables',
  clusterCIDR: podNetwork,
  // The kernel's own limits are the host's.
  conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
});
