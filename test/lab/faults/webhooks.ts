/** Webhooks that keep an extension server's pods out. */
import type { KubernetesObject } from '../api.ts';
import { until } from '../wait.ts';
import { apiService, type Fault, unavailable } from './fault.ts';
import type { NodeLab } from './node.ts';

const patience = 120_000;

/** A webhook that is asked about the pods of namespace wardle, and that nobody gets past. */
function notAdmitted(name: string, service: KubernetesObject, says: string): Fault<NodeLab> {
  return {
    name,
    finds: ['extension-server-not-admitted', 'extension-server-down', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      const scale = (replicas: number) => cp.kubectl('-n', 'wardle', 'scale', 'deployment/wardle-server', `--replicas=${replicas}`);
      // Of all refusals the Deployment keeps the words of the first.
      await scale(0);
      await unavailable(cp, 'have no addresses');
      await until('the pods to be gone', patience, async () =>
        (await cp.get('/api/v1/namespaces/wardle/pods?labelSelector=apiserver%3Dtrue'))?.items.length === 0 ? true : undefined,
      );
      await cp.apply({
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingWebhookConfiguration',
        metadata: { name: 'policy' },
        webhooks: [
          {
            name: 'pods.policy.example.com',
            clientConfig: { service, caBundle: Buffer.from((await cp.pair('ca')).cert).toString('base64') },
            rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'wardle' } },
            failurePolicy: 'Fail',
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            timeoutSeconds: 5,
          },
        ],
      });
      await scale(1);
      await until('the Deployment to say that its pods are refused', patience, async () => {
        const found = await cp.get('/apis/apps/v1/namespaces/wardle/deployments/wardle-server');
        return JSON.stringify(found?.status ?? {}).includes(says) || undefined;
      });
    },
    // As aggctl advises.
    async undo({ cp }) {
      const value = { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['wardle'] }] };
      const patch = JSON.stringify([{ op: 'replace', path: '/webhooks/0/namespaceSelector', value }]);
      await cp.kubectl('patch', 'validatingwebhookconfiguration', 'policy', '--type=json', '-p', patch);
      await cp.waitServed(apiService);
    },
  };
}

export const webhookFaults: readonly Fault<NodeLab>[] = [
  notAdmitted('extension-server-not-admitted-webhook', { namespace: 'wardle', name: 'api', path: '/validate' }, 'connection refused'),
  // As openshift/generic-admission-server registers them.
  notAdmitted(
    'extension-server-not-admitted-webhook-aggregated',
    { namespace: 'default', name: 'kubernetes', path: '/apis/wardle.example.com/v1alpha1/validations' },
    'unable to handle the request',
  ),
];
