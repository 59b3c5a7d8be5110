/** The binaries and images of a whole node, beside those of a control plane (assets.ts). Built and cached alike. */
import { dirname } from 'node:path';
import {
  type Assets,
  buildProgram,
  built,
  kubernetesProgram,
  moduleFolder,
  ownProgram,
  type Program,
  type Say,
  type Version,
} from './assets.ts';
import { type Image, imageTar } from './images.ts';

export interface NodeAssets {
  kubelet: string;
  kubeProxy: string;
  /** The folder of containerd, its shim and ctr. */
  containerd: string;
  /** Tars of every image that the node itself and the sample API server need. */
  images: string[];
}

/** The images that pods of the lab run, as the world names them. */
export const image = {
  pause: 'registry.k8s.io/pause:3.10.2',
  /** Built from the same sources as Kubernetes of that version; nobody publishes it. */
  sampleApiserver: (version: Version) => `example.com/sample-apiserver:v${version}`,
  /** The one that was imported last; the tag does not tell its version. */
  latestSampleApiserver: 'example.com/sample-apiserver:latest',
  /** The newest that is published, built from the Go module of that version; and the one before it (kubernetes/kubernetes#113302). */
  publishedSampleApiserver: 'registry.k8s.io/e2e-test-images/sample-apiserver:1.29.2',
  oldSampleApiserver: 'registry.k8s.io/e2e-test-images/sample-apiserver:1.17.7',
  etcd: 'registry.k8s.io/etcd:v3.7.0',
  metricsServer: 'registry.k8s.io/metrics-server/metrics-server:v0.9.0',
  kedaAdapter: 'ghcr.io/kedacore/keda-metrics-apiserver:2.21.0',
  kedaOperator: 'ghcr.io/kedacore/keda:2.21.0',
  kueue: 'registry.k8s.io/kueue/kueue:v0.17.0',
  konnectivityServer: 'registry.k8s.io/kas-network-proxy/proxy-server:v0.34.0',
  konnectivityAgent: 'registry.k8s.io/kas-network-proxy/proxy-agent:v0.34.0',
  testAdapter: 'gcr.io/k8s-staging-custom-metrics/k8s-test-metrics-adapter-amd64:v1.37.0',
} as const;

/** The etcd that kubeadm of each version runs, and aggctl deploy-sample beside the sample server. */
const etcdNames = ['3.7.0-0', '3.6.8-0', '3.6.6-0'].map((tag) => `registry.k8s.io/etcd:${tag}`);
const containerdVersion = '2.3.7';
const containerdModule = 'github.com/containerd/containerd/v2';

/** Builds what is missing. */
export async function nodeAssets(assets: Assets, say: Say): Promise<NodeAssets> {
  const kubernetes = (name: string) => kubernetesProgram(assets.version, name, say);
  const local = (program: string, name: string): Image => ({
    names: [`registry.k8s.io/${name}:v${assets.version}`],
    program,
    path: `/usr/local/bin/${name}`,
  });
  const images: Image[] = [
    local(assets.kubeApiserver, 'kube-apiserver'),
    local(await kubernetes('kube-controller-manager'), 'kube-controller-manager'),
    local(await kubernetes('kube-scheduler'), 'kube-scheduler'),
    { names: [...etcdNames, image.etcd], program: assets.etcd, path: '/usr/local/bin/etcd' },
    { names: [image.pause], program: await ownProgram('pause', say), path: '/pause' },
  ];
  const tars = [await sampleImage(assets, say)];
  for (const one of images) tars.push(await imageTar(one, say));
  return {
    kubelet: await kubernetes('kubelet'),
    kubeProxy: await kubernetes('kube-proxy'),
    containerd: await containerd(say),
    images: tars,
  };
}

async function containerd(say: Say): Promise<string> {
  const set = `containerd-${containerdVersion}`;
  const paths: string[] = [];
  for (const name of ['containerd', 'containerd-shim-runc-v2', 'ctr']) {
    const program = {
      name,
      module: containerdModule,
      version: `v${containerdVersion}`,
      pkg: `${containerdModule}/cmd/${name}`,
      tags: 'no_btrfs no_aufs no_zfs no_devmapper',
      stamp: `${containerdModule}/version.Version=${containerdVersion}`,
    };
    paths.push(await built(set, name, say, (folder) => buildProgram(folder, program)));
  }
  return dirname(paths[0] ?? '');
}

/** The tar of the image of the sample server that belongs to a version of Kubernetes. */
export const sampleImage = ({ version, sampleApiserver }: Assets, say: Say) =>
  imageTar(
    { names: [image.sampleApiserver(version), image.latestSampleApiserver], program: sampleApiserver, path: '/sample-apiserver' },
    say,
  );

const publishedSample = (version: string): Program => ({
  name: 'sample-apiserver',
  module: 'k8s.io/sample-apiserver',
  version,
  pkg: 'k8s.io/sample-apiserver',
});

const keda = (name: string, command: string): Program => ({
  name,
  module: 'github.com/kedacore/keda/v2',
  version: 'v2.21.0',
  pkg: `github.com/kedacore/keda/v2/cmd/${command}`,
});

const konnectivity = (part: string): Program => ({
  name: `proxy-${part}`,
  module: 'sigs.k8s.io/apiserver-network-proxy',
  version: 'v0.34.0',
  pkg: `sigs.k8s.io/apiserver-network-proxy/cmd/${part}`,
});

/** Extension servers made by others, and what they need, for the tests that ask for them. */
const others = {
  metricsServer: {
    name: 'metrics-server',
    module: 'sigs.k8s.io/metrics-server',
    version: 'v0.9.0',
    pkg: 'sigs.k8s.io/metrics-server/cmd/metrics-server',
  },
  testAdapter: {
    name: 'test-adapter',
    module: 'sigs.k8s.io/custom-metrics-apiserver',
    version: 'v1.37.0',
    pkg: 'sigs.k8s.io/custom-metrics-apiserver/test-adapter',
  },
  kedaAdapter: keda('keda-adapter', 'adapter'),
  kedaOperator: keda('keda', 'operator'),
  kueue: { name: 'manager', module: 'sigs.k8s.io/kueue', version: 'v0.17.0', pkg: 'sigs.k8s.io/kueue/cmd/kueue' },
  konnectivityServer: konnectivity('server'),
  konnectivityAgent: konnectivity('agent'),
  publishedSampleApiserver: publishedSample('v0.29.2'),
  oldSampleApiserver: publishedSample('v0.17.0'),
} satisfies Record<string, Program>;

export type OtherServer = keyof typeof others;

/** The folder of the sources of such a server's module, with the manifests that it ships. */
export const sourcesOf = (server: OtherServer): Promise<string> => moduleFolder(others[server]);

/** The tar of the image of such a program, its entrypoint. */
export async function otherImage(server: OtherServer, say: Say): Promise<string> {
  const program = others[server];
  const path = await built(`${program.name}-${program.version}`, program.name, say, (folder) => buildProgram(folder, program));
  return imageTar({ names: [image[server]], program: path, path: `/${program.name}` }, say);
}
