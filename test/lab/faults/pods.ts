/** Faults of the sample API server's pods on a whole node. Each starts from a namespace without pods, Services and quotas. */
import type { KubernetesObject } from '../api.ts';
import { deploySample, type SampleObjects } from '../deploy-sample.ts';
import { image } from '../node-assets.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import { apiService, type Fault } from './fault.ts';

const namespace = 'wardle';
const labels = { apiserver: 'true' };
const pods = `/api/v1/namespaces/${namespace}/pods`;
const patience = 90_000;

/** Takes away what an earlier fault left, and applies the sample server with a change. */
export async function deploy(
  node: WholeNode,
  change: (objects: SampleObjects) => void,
  before: readonly KubernetesObject[] = [],
): Promise<void> {
  await node.kubectl('delete', 'apiservices', '--selector', '!kube-aggregator.kubernetes.io/automanaged');
  const kinds = 'deployments,replicasets,pods,services,endpointslices,resourcequotas';
  await node.kubectl('delete', kinds, '--all', '--namespace', namespace, '--ignore-not-found', '--grace-period=1');
  if (before.length > 0) {
    await node.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    await node.apply(...before);
  }
  await deploySample(node, change);
}
export const server = ({ deployment }: SampleObjects) => deployment.spec.template.spec.containers[0];
export const podOf = ({ deployment }: SampleObjects) => deployment.spec.template.spec;

/** Waits until a pod of the sample server is so. */
export const seen = (node: WholeNode, what: string, is: (pod: KubernetesObject) => boolean) =>
  until(what, patience, async () => {
    const { items = [] } = (await node.get(`${pods}?labelSelector=apiserver%3Dtrue`)) ?? {};
    return (items as KubernetesObject[]).find((pod) => !pod.metadata.deletionTimestamp && is(pod));
  });
const states = (pod: KubernetesObject): KubernetesObject[] => pod.status.containerStatuses ?? [];
export const isReady = (pod: KubernetesObject) =>
  pod.status.conditions?.some((one: KubernetesObject) => one.type === 'Ready' && one.status === 'True');
export const waits = (node: WholeNode, reason: string) =>
  seen(node, `a container to wait, ${reason}`, (pod) => states(pod).some(({ state }) => state.waiting?.reason === reason));
export const loops = (node: WholeNode) => waits(node, 'CrashLoopBackOff');
export const isOld = (pod: KubernetesObject) => Date.now() - Date.parse(pod.metadata.creationTimestamp) > 31_000;
export const unavailable = (node: WholeNode, text: string) => node.waitAvailable(apiService, 'False', text);
export const empty = (node: WholeNode) => unavailable(node, 'have no addresses');
const refused = (node: WholeNode, text: string) =>
  until(`the Deployment to say ${text}`, patience, async () => {
    const found = await node.get(`/apis/apps/v1/namespaces/${namespace}/deployments/wardle-server`);
    const conditions: KubernetesObject[] = found?.status?.conditions ?? [];
    return conditions.find(({ type, message }) => type === 'ReplicaFailure' && message.includes(text));
  });

export const down = (id: string) => [id, 'extension-server-down', 'apiservice-unavailable'];
/** A container that exits for this reason. */
export const crash = (name: string, change: (objects: SampleObjects) => void): Fault<WholeNode> => ({
  name: `extension-server-crashes-${name}`,
  finds: down('extension-server-crashes'),
  status: 1,
  async inject(node) {
    await deploy(node, change);
    await loops(node);
    await empty(node);
  },
});

export const podFaults: readonly Fault<WholeNode>[] = [
  {
    name: 'extension-server-image-unavailable',
    finds: down('extension-server-image-unavailable'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        server(objects).image = 'registry.k8s.io/e2e-test-images/sample-apiserver:1.99';
      });
      await waits(node, 'ImagePullBackOff');
      await empty(node);
    },
  },
  crash('etcd-not-named', (objects) => {
    server(objects).args = server(objects).args.filter((arg: string) => !arg.startsWith('--etcd-servers'));
  }),
  {
    name: 'extension-server-not-admitted-quota',
    finds: down('extension-server-not-admitted'),
    status: 1,
    async inject(node) {
      const metadata = { name: 'small', namespace };
      await deploy(node, () => {}, [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { pods: '0' } } }]);
      await refused(node, 'exceeded quota');
      await empty(node).catch(() => unavailable(node, 'cannot find endpointslices'));
    },
  },
  {
    name: 'service-target-port-unknown',
    finds: down('service-target-port-unknown'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        objects.service.spec.ports[0].targetPort = 'https';
      });
      await seen(node, 'the sample server to be ready', isReady);
      await empty(node);
    },
  },
  {
    name: 'service-target-port-wrong',
    finds: down('service-target-port-wrong'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        server(objects).args.push('--secure-port=443');
        objects.service.spec.ports[0].targetPort = 8443;
      });
      await seen(node, 'the sample server to be ready', isReady);
      await unavailable(node, 'connection refused');
    },
  },
  {
    name: 'internal-traffic-policy-without-pod',
    finds: ['internal-traffic-policy-without-pod', 'extension-server-no-answer', 'apiservice-unavailable'],
    status: 1,
    async inject(node) {
      await deploy(node, ({ service }) => {
        delete service.spec.selector;
        service.spec.internalTrafficPolicy = 'Local';
      });
      const { status } = await seen(node, 'the sample server to be ready', isReady);
      await node.apply({
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'api-by-hand', namespace, labels: { 'kubernetes.io/service-name': 'api' } },
        addressType: 'IPv4',
        endpoints: [{ addresses: [status.podIP], nodeName: 'worker-1', conditions: { ready: true } }],
        ports: [{ name: '', port: 443, protocol: 'TCP' }],
      });
      // Until kube-proxy has seen the slice it rejects; from then on it drops.
      await until('kube-apiserver to get no answer', patience, async () => {
        const found = await node.get(`/apis/apiregistration.k8s.io/v1/apiservices/${apiService}`);
        return /Client\.Timeout|deadline exceeded/.test(found?.status?.conditions?.[0]?.message ?? '') || undefined;
      });
    },
  },
  {
    // All connections of one client go to the pod that the first one met.
    name: 'service-selects-wrong-pods',
    finds: down('service-selects-wrong-pods'),
    status: 1,
    async inject(node) {
      const stranger = { name: 'web', image: image.pause, ports: [{ name: 'http', containerPort: 8080 }] };
      await deploy(node, (objects) => {
        objects.service.spec.sessionAffinity = 'ClientIP';
        objects.deployment.spec.replicas = 0;
        server(objects).ports = [{ name: 'https', containerPort: 443 }];
      });
      await node.apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace },
        spec: {
          replicas: 1,
          selector: { matchLabels: { ...labels, app: 'web' } },
          template: { metadata: { labels: { ...labels, app: 'web' } }, spec: { containers: [stranger] } },
        },
      });
      await unavailable(node, 'connection refused');
      await node.kubectl('scale', 'deployment/wardle-server', '--namespace', namespace, '--replicas=1');
      await seen(node, 'the sample server to be ready', (pod) => !pod.metadata.labels.app && isReady(pod));
      await unavailable(node, 'connection refused');
    },
  },
  {
    name: 'extension-server-cannot-start',
    finds: down('extension-server-cannot-start'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        podOf(objects).volumes = [{ name: 'serving', secret: { secretName: 'wardle-tls' } }];
      });
      await seen(node, 'the pod to have waited', isOld);
      await empty(node);
    },
  },
  {
    name: 'extension-server-not-ready',
    finds: down('extension-server-not-ready'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        server(objects).readinessProbe.httpGet.path = '/nosuch';
      });
      await seen(node, 'the pod to have waited', isOld);
      await empty(node);
    },
  },
  {
    name: 'extension-server-unschedulable-cpu',
    finds: down('extension-server-unschedulable'),
    status: 1,
    async inject(node) {
      await deploy(node, (objects) => {
        server(objects).resources = { requests: { cpu: '400' } };
      });
      await seen(node, 'the scheduler to say so', (pod) =>
        pod.status.conditions?.some((one: KubernetesObject) => one.reason === 'Unschedulable'),
      );
      await empty(node);
    },
  },
  crash('flag-unknown', (objects) => server(objects).args.push('--enable-swagger-ui=true')),
  crash('no-token', (objects) => {
    podOf(objects).automountServiceAccountToken = false;
  }),
  crash('port-taken', (objects) => {
    podOf(objects).hostNetwork = true;
    server(objects).args.push('--secure-port=10250');
    server(objects).readinessProbe.httpGet.port = 10250;
    objects.service.spec.ports[0].targetPort = 10250;
  }),
  crash('memory', (objects) => {
    server(objects).resources = { limits: { memory: '16Mi' } };
  }),
  {
    name: 'extension-server-not-admitted-pod-security',
    finds: down('extension-server-not-admitted'),
    status: 1,
    async inject(node) {
      await deploy(node, ({ namespace: { metadata } }) => {
        metadata.labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
      });
      await refused(node, 'violates PodSecurity');
      await empty(node).catch(() => unavailable(node, 'cannot find endpointslices'));
    },
  },
  {
    name: 'extension-server-scaled-to-zero-by-hand',
    finds: down('extension-server-scaled-to-zero'),
    status: 1,
    async inject(node) {
      await deploy(node, ({ namespace: { metadata } }) => {
        metadata.labels = { 'pod-security.kubernetes.io/enforce': 'privileged' };
      });
      await node.kubectl('scale', 'deployment/wardle-server', '--namespace', namespace, '--replicas=0');
      await until('the pods to be gone', patience, async () => ((await node.get(pods))?.items.length === 0 ? true : undefined));
      await empty(node);
    },
  },
  {
    name: 'service-selects-no-pods-of-the-deployment',
    finds: down('service-selects-no-pods'),
    status: 1,
    async inject(node) {
      await deploy(node, ({ service }) => {
        service.spec.selector = { apiserver: 'true', component: 'server' };
      });
      await seen(node, 'the sample server to be ready', isReady);
      await empty(node);
    },
  },
];
