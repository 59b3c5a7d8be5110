/** Faults of what stands behind a Service, and what they hold up: these need a kubelet, a scheduler and controllers. */
import type { Sample } from '../deploy-sample.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import { apiService, type Fault, unavailable } from './fault.ts';

export interface NodeLab {
  readonly cp: WholeNode;
  /** The real sample-apiserver in pods; its APIService is v1alpha1.wardle.example.com. */
  readonly sample: Sample;
}
const exits = ['extension-server-crashes', 'extension-server-down', 'apiservice-unavailable'];

export const nodeFaults: readonly Fault<NodeLab>[] = [
  {
    name: 'namespaces-stuck',
    finds: ['extension-server-scaled-to-zero', 'extension-server-down', 'apiservice-unavailable', 'namespaces-stuck'],
    status: 1,
    async inject({ cp }) {
      await cp.kubectl('-n', 'wardle', 'scale', 'deployment', 'wardle-server', '--replicas=0');
      await unavailable(cp, 'no addresses');
      await cp.kubectl('create', 'namespace', 'ci-4711');
      await cp.kubectl('delete', 'namespace', 'ci-4711', '--wait=false');
      await until('the namespace to wait for discovery', 90_000, async () => {
        const found = await cp.get('/api/v1/namespaces/ci-4711');
        return JSON.stringify(found?.status ?? {}).includes('DiscoveryFailed') || undefined;
      });
    },
  },
  {
    name: 'autoscalers-without-metrics',
    finds: ['service-missing', 'apiservice-unavailable', 'autoscalers-without-metrics'],
    status: 1,
    async inject({ cp }) {
      const spec = { group: 'metrics.k8s.io', version: 'v1beta1', groupPriorityMinimum: 100, versionPriority: 100 };
      const service = { namespace: 'kube-system', name: 'metrics-server' };
      await cp.apply(
        {
          apiVersion: 'apiregistration.k8s.io/v1',
          kind: 'APIService',
          metadata: { name: 'v1beta1.metrics.k8s.io' },
          spec: { ...spec, insecureSkipTLSVerify: true, service },
        },
        {
          apiVersion: 'autoscaling/v2',
          kind: 'HorizontalPodAutoscaler',
          metadata: { name: 'wardle', namespace: 'wardle' },
          spec: {
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'wardle-server' },
            maxReplicas: 2,
            metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'AverageValue', averageValue: '100m' } } }],
          },
        },
      );
      await until('the autoscaler to miss its metrics', 120_000, async () => {
        const found = await cp.get('/apis/autoscaling/v2/namespaces/wardle/horizontalpodautoscalers/wardle');
        return JSON.stringify(found?.status ?? {}).includes('FailedGetResourceMetric') || undefined;
      });
    },
  },
  {
    name: 'authentication-reader-missing',
    finds: ['authentication-reader-missing', ...exits],
    status: 1,
    async inject({ cp, sample }) {
      await cp.kubectl('-n', 'kube-system', 'delete', 'rolebinding', 'wardle-auth-reader');
      await restarted(cp, sample);
    },
  },
  {
    name: 'authentication-reader-elsewhere',
    finds: ['authentication-reader-missing', ...exits],
    status: 1,
    async inject({ cp, sample }) {
      await cp.kubectl('-n', 'kube-system', 'delete', 'rolebinding', 'wardle-auth-reader');
      // As kustomize moves it when it sets one namespace for everything.
      const binding = structuredClone(sample.objects.readerBinding);
      await cp.apply({ ...binding, metadata: { name: binding.metadata.name, namespace: 'wardle' } });
      await restarted(cp, sample);
    },
  },
  {
    name: 'authentication-delegator-missing',
    finds: ['authentication-delegator-missing', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await cp.kubectl('delete', 'clusterrolebinding', 'wardle:system:auth-delegator');
      await forbidden(cp);
    },
  },
  {
    // As the binding of a chart that was installed into another namespace.
    name: 'authentication-delegator-elsewhere',
    finds: ['authentication-delegator-missing', 'apiservice-unavailable'],
    status: 1,
    fromLaptop: true,
    async inject({ cp, sample }) {
      const binding = structuredClone(sample.objects.delegatorBinding);
      await cp.apply({ ...binding, subjects: [{ kind: 'ServiceAccount', name: 'apiserver', namespace: 'default' }] });
      await forbidden(cp);
    },
  },
  blocked('firewall-drops-pods', 'extension-server-no-answer', ['DROP'], 'xceeded'),
  { ...blocked('firewall-drops-pods-laptop', 'extension-server-no-answer', ['DROP'], 'xceeded'), fromLaptop: true },
  // What firewalld answers with.
  blocked('firewall-rejects-pods', 'extension-server-no-route', ['REJECT', '--reject-with', 'icmp-host-prohibited'], 'no route to host'),
  blocked('firewall-refuses-pods', 'extension-server-down', ['REJECT', '--reject-with', 'tcp-reset'], 'connection refused'),
  {
    name: 'kube-proxy-stopped',
    finds: ['aggregator-routing-wrong', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await cp.kubeProxy.stop();
      // Its rules lead to the pod that was.
      await cp.kubectl('-n', 'wardle', 'delete', 'pods', '-l', 'apiserver=true', '--grace-period=1');
      await cp.kubectl('-n', 'wardle', 'rollout', 'status', 'deployment/wardle-server', '--timeout=90s');
      await told(cp, 'failing or missing response');
    },
  },
];

/** Users who are no members of system:masters, as aggctl's own, get no answer; the APIService stays Available. */
async function forbidden(cp: WholeNode): Promise<void> {
  const path = '/apis/wardle.example.com/v1alpha1/namespaces/default/flunders';
  await until('requests of users to fail', 60_000, async () => {
    const { stderr } = await cp.run(['kubectl', '--kubeconfig', cp.kubeconfig.admin, 'get', '--raw', path]);
    return stderr.includes('subjectaccessreviews.authorization.k8s.io is forbidden') || undefined;
  });
}

/** Waits without touching the APIService: a change of it makes kube-apiserver discard the verdict of a probe that takes 5 s. */
const told = (cp: WholeNode, text: string) =>
  until(`kube-apiserver to say ${text}`, 120_000, async () => {
    const found = await cp.get(`/apis/apiregistration.k8s.io/v1/apiservices/${apiService}`);
    return JSON.stringify(found?.status ?? {}).includes(text) || undefined;
  });

/** The node's firewall keeps everything from its pods; kubelet's probes, too, so that there are none. */
function blocked(name: string, id: string, target: readonly string[], says: string): Fault<NodeLab> {
  return {
    name,
    finds: [id, 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      const patch = [{ op: 'remove', path: '/spec/template/spec/containers/0/readinessProbe' }];
      await cp.kubectl('-n', 'wardle', 'patch', 'deployment', 'wardle-server', '--type=json', '-p', JSON.stringify(patch));
      await cp.kubectl('-n', 'wardle', 'rollout', 'status', 'deployment/wardle-server', '--timeout=90s');
      await cp.waitServed(apiService);
      await cp.firewall('-p', 'tcp', '-d', '10.244.0.0/24', '--dport', '443', '-j', ...target);
      await told(cp, says);
    },
  };
}

/** The server starts anew, and exits again. */
async function restarted(cp: WholeNode, sample: Sample): Promise<void> {
  await sample.stop();
  await cp.waitAvailable(apiService, 'False', 'no addresses');
  await until('the sample server to exit again', 90_000, async () => {
    const pods = await cp.get('/api/v1/namespaces/wardle/pods?labelSelector=apiserver%3Dtrue');
    return JSON.stringify(pods ?? {}).includes('CrashLoopBackOff') || undefined;
  });
}
