/** What goes wrong with the sample server and its etcd when somebody deploys them by hand, and changes what the lesson says. */
import type { KubernetesObject } from '../api.ts';
import type { SampleObjects } from '../deploy-sample.ts';
import { image } from '../node-assets.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import { apiService, type Fault } from './fault.ts';
import { crash, deploy, down, empty, isOld, isReady, loops, podOf, seen, server, unavailable, waits } from './pods.ts';

const etcd = (objects: SampleObjects) => podOf(objects).containers[1];
/** The server makes a certificate for itself, as it does in the lesson. */
const selfMade = (objects: SampleObjects) => {
  server(objects).args = server(objects).args.filter((arg: string) => !arg.startsWith('--tls-'));
};
const ready = (node: WholeNode) => seen(node, 'the sample server to be ready', isReady);
/** It goes on taking connections, and answers none. */
async function stopEtcd(node: WholeNode, pod: KubernetesObject): Promise<void> {
  const { containerID } = pod.status.containerStatuses.find(({ name }: KubernetesObject) => name === 'etcd');
  await node.run(['ctr', '--namespace', 'k8s.io', 'tasks', 'kill', '--signal', 'SIGSTOP', containerID.replace('containerd://', '')]);
}

export const samplePodFaults: readonly Fault<WholeNode>[] = [
  // Kubelet and containerd let everybody listen on any port of a pod by default; older ones do not.
  crash('port-not-permitted', (objects) => {
    podOf(objects).securityContext = { runAsUser: 65532, sysctls: [{ name: 'net.ipv4.ip_unprivileged_port_start', value: '1024' }] };
  }),
  crash('certificates-not-writable', (objects) => {
    selfMade(objects);
    server(objects).securityContext = { readOnlyRootFilesystem: true };
  }),
  crash('etcd-exits', (objects) => {
    etcd(objects).command.push('--listen-client-urls=http://0.0.0.0:2379');
  }),
  {
    name: 'extension-server-crashes-etcd-on-ipv6',
    finds: down('extension-server-crashes'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        server(objects).args[0] = '--etcd-servers=http://[::1]:2379';
      });
      await loops(node);
      await empty(node);
    },
  },
  {
    name: 'extension-server-cannot-start-no-program',
    finds: down('extension-server-cannot-start'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        etcd(objects).image = image.pause;
      });
      await waits(node, 'RunContainerError');
      await empty(node);
    },
  },
  {
    name: 'extension-server-not-ready-etcd-hangs',
    finds: down('extension-server-not-ready'),
    status: 1,
    async inject(node) {
      await deploy(node, () => {});
      const pod = await ready(node);
      await node.waitServed(apiService);
      await stopEtcd(node, pod);
      await empty(node);
      await until('the server to say so', 90_000, async () => {
        const log = await node.kubectl('logs', 'deployment/wardle-server', '--namespace', 'wardle', '--container=wardle-server');
        return log.includes('server preface') || undefined;
      });
      await seen(node, 'the pod to have waited', isOld);
    },
  },
  {
    // Nothing in the lesson asks the server whether it is ready.
    name: 'user-request-fails-etcd-hangs',
    finds: ['user-request-fails'],
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        delete server(objects).readinessProbe;
      });
      const pod = await ready(node);
      await node.waitServed(apiService);
      await stopEtcd(node, pod);
    },
  },
  {
    name: 'serving-certificate-self-made',
    finds: ['serving-certificate-names-exclude-service', 'apiservice-unavailable'],
    status: 1,
    async inject(node) {
      await deploy(node, selfMade);
      await ready(node);
      await unavailable(node, 'not api.wardle.svc');
    },
  },
  {
    // The group of the lesson up to 1.16.
    name: 'group-version-not-served-of-old',
    finds: ['group-version-not-served', 'apiservice-unavailable'],
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        const { spec, ...old } = objects.apiService;
        objects.apiService = { ...old, metadata: { name: 'v1alpha1.wardle.k8s.io' }, spec: { ...spec, group: 'wardle.k8s.io' } };
      });
      await ready(node);
      await node.waitAvailable('v1alpha1.wardle.k8s.io', 'False', '404');
    },
  },
];
