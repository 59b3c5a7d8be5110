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
];

/** The server starts anew, and exits again. */
async function restarted(cp: WholeNode, sample: Sample): Promise<void> {
  await sample.stop();
  await cp.waitAvailable(apiService, 'False', 'no addresses');
  await until('the sample server to exit again', 90_000, async () => {
    const pods = await cp.get('/api/v1/namespaces/wardle/pods?labelSelector=apiserver%3Dtrue');
    return JSON.stringify(pods ?? {}).includes('CrashLoopBackOff') || undefined;
  });
}
