/** The failures that Kueue's visibility server is known for, on a whole node where it is healthy. */
import type { KubernetesObject } from '../api.ts';
import { kueueObjects, visibility } from '../kueue.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import { down } from './pods.ts';
import type { ThirdPartyFault } from './third-parties.ts';

const { namespace, apiServices } = visibility;
const [first = '', second = ''] = apiServices;
const unavailable = async (node: WholeNode, text: string) => {
  for (const name of [first, second]) await node.waitAvailable(name, 'False', text);
};
const patchService = (node: WholeNode, spec: KubernetesObject) =>
  node.kubectl('-n', namespace, 'patch', 'service', 'kueue-visibility-server', '--type=merge', '-p', JSON.stringify({ spec }));
const ports = (targetPort: number) => ({ ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort }] });
const selector = { 'control-plane': 'controller-manager' };
/** One finding for both versions, with the symptoms of each. */
const both = ([id = '', ...symptoms]: readonly string[]) => [id, ...symptoms, ...symptoms];

export const kueueFaults: readonly ThirdPartyFault[] = [
  {
    name: 'kueue-visibility-selector-wrong',
    finds: both(down('service-selects-no-pods')),
    status: 1,
    says: /the selector `control-plane=kueue` .* matches no pod/,
    async inject(node) {
      await patchService(node, { selector: { 'control-plane': 'kueue' } });
      await unavailable(node, 'have no addresses');
    },
    undo: async (node) => void (await patchService(node, { selector })),
  },
  {
    name: 'kueue-visibility-target-port-wrong',
    finds: both(down('service-target-port-wrong')),
    status: 1,
    says: /forwards to port/,
    async inject(node) {
      await patchService(node, ports(8083));
      await node.kubectl('-n', namespace, 'delete', 'pods', '-l', 'control-plane=controller-manager', '--grace-period=1');
      await unavailable(node, 'connection refused');
    },
    undo: async (node) => void (await patchService(node, ports(8082))),
  },
  {
    name: 'kueue-visibility-without-auth-reader',
    finds: both(['authentication-reader-missing', 'extension-server-crashes', 'extension-server-down', 'apiservice-unavailable']),
    status: 1,
    says: /cannot read ConfigMap `extension-apiserver-authentication`/,
    async inject(node) {
      await node.kubectl('-n', 'kube-system', 'delete', 'rolebinding', 'kueue-visibility-server-auth-reader');
      await node.kubectl('-n', namespace, 'delete', 'pods', '-l', 'control-plane=controller-manager', '--grace-period=1');
      await unavailable(node, 'have no addresses');
      await until('the controller manager to exit', 90_000, async () => {
        const { items = [] } = (await node.get(`/api/v1/namespaces/${namespace}/pods`)) ?? {};
        return (
          items.some(({ status }: KubernetesObject) => status.containerStatuses?.some((one: KubernetesObject) => one.restartCount > 0)) ||
          undefined
        );
      });
    },
    undo: async (node) => void (await node.apply(...(await kueueObjects(node)).filter(({ kind }) => kind === 'RoleBinding'))),
  },
  {
    name: 'kueue-apiservices-left-over',
    finds: both(['service-missing', 'apiservice-unavailable', 'namespaces-stuck']),
    status: 1,
    says: /kueue-visibility-server/,
    async inject(node) {
      const hooks = ['mutating', 'validating'].map((kind) => `${kind}webhookconfigurations/kueue-${kind}-webhook-configuration`);
      await node.kubectl('delete', ...hooks);
      await node.kubectl('delete', 'namespace', namespace, '--wait=false');
      // While they are there, no namespace is finished deleting.
      await node.kubectl('-n', namespace, 'delete', 'services,deployments', '--all');
      await unavailable(node, 'not present');
      await until('the namespace to say why it is not gone', 90_000, async () => {
        const conditions: KubernetesObject[] = (await node.get(`/api/v1/namespaces/${namespace}`))?.status?.conditions ?? [];
        return conditions.some(({ type, status }) => type === 'NamespaceDeletionDiscoveryFailure' && status === 'True') || undefined;
      });
    },
  },
];
