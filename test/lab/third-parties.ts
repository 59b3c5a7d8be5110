/** Extension servers made by others, as real pods of a whole node: the objects of their own manifests, with quick probes. */
import type { KubernetesObject } from './api.ts';
import { image } from './node-assets.ts';

/** Where one lives, and its ServiceAccount, Deployment and Service of one name. */
interface Place {
  readonly name: string;
  readonly namespace: string;
}

/** What is applied, to be changed before. */
export interface ThirdParty {
  readonly deployment: KubernetesObject;
  readonly service: KubernetesObject;
  readonly delegatorBinding: KubernetesObject;
  readonly readerBinding: KubernetesObject;
  /** What it reads of the cluster for its own work. */
  readonly role: KubernetesObject;
  readonly roleBinding: KubernetesObject;
  readonly apiServices: readonly KubernetesObject[];
}

const rbac = 'rbac.authorization.k8s.io';
const read = (apiGroups: string[], resources: string[]) => ({ apiGroups, resources, verbs: ['get', 'list', 'watch'] });

export function objects(
  { name, namespace }: Place,
  rules: readonly KubernetesObject[],
  container: KubernetesObject,
  services: readonly string[],
) {
  const metadata = { name, namespace, labels: { app: name } };
  const binding = (kind: string, bound: string, roleKind: string, role: string, inNamespace?: string) => ({
    apiVersion: `${rbac}/v1`,
    kind,
    metadata: { name: bound, ...(inNamespace && { namespace: inNamespace }) },
    roleRef: { apiGroup: rbac, kind: roleKind, name: role },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  });
  const pod = {
    serviceAccountName: name,
    terminationGracePeriodSeconds: 1,
    containers: [{ name, ...container, volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] }],
    volumes: [{ name: 'tmp', emptyDir: {} }],
  };
  return {
    namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    serviceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    delegatorBinding: binding('ClusterRoleBinding', `${namespace}:${name}:system:auth-delegator`, 'ClusterRole', 'system:auth-delegator'),
    readerBinding: binding('RoleBinding', `${name}-auth-reader`, 'Role', 'extension-apiserver-authentication-reader', 'kube-system'),
    role: { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name: `system:${name}` }, rules },
    roleBinding: binding('ClusterRoleBinding', `system:${name}`, 'ClusterRole', `system:${name}`),
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { replicas: 1, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: pod } },
    } as KubernetesObject,
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { selector: { app: name }, ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'https' }] },
    } as KubernetesObject,
    apiServices: services.map((service) => {
      const [version, ...group] = service.split('.');
      return {
        apiVersion: 'apiregistration.k8s.io/v1',
        kind: 'APIService',
        metadata: { name: service },
        spec: {
          group: group.join('.'),
          version,
          service: { namespace, name },
          insecureSkipTLSVerify: true,
          groupPriorityMinimum: 100,
          versionPriority: version === 'v1beta2' ? 200 : 100,
        },
      };
    }),
  };
}

/** metrics-server v0.9.0 (manifests/base). It is ready once it has scraped kubelet twice. */
export const metricsServer = () =>
  objects(
    { name: 'metrics-server', namespace: 'kube-system' },
    [{ apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] }, read([''], ['pods', 'nodes'])],
    {
      image: image.metricsServer,
      args: [
        '--cert-dir=/tmp',
        '--secure-port=10250',
        '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
        '--kubelet-use-node-status-port',
        '--metric-resolution=10s',
        '--kubelet-request-timeout=9s',
        // manifests/components/test: kubeadm's kubelets sign their serving certificates themselves.
        '--kubelet-insecure-tls',
      ],
      ports: [{ name: 'https', containerPort: 10250, protocol: 'TCP' }],
      readinessProbe: { httpGet: { path: '/readyz', port: 'https', scheme: 'HTTPS' }, periodSeconds: 1, failureThreshold: 3 },
      livenessProbe: { httpGet: { path: '/livez', port: 'https', scheme: 'HTTPS' }, periodSeconds: 3, failureThreshold: 3 },
      securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, runAsUser: 1000, allowPrivilegeEscalation: false },
    },
    ['v1beta1.metrics.k8s.io'],
  );

/** The test adapter of custom-metrics-apiserver v1.37.0 (test-adapter-deploy). It has no probe of its own. */
export const testAdapter = (namespace: string) =>
  objects(
    { name: 'custom-metrics-apiserver', namespace },
    [read([''], ['namespaces', 'pods', 'services'])],
    {
      image: image.testAdapter,
      args: ['--secure-port=6443', '--cert-dir=/tmp'],
      ports: [{ name: 'https', containerPort: 6443, protocol: 'TCP' }],
    },
    ['v1beta1.custom.metrics.k8s.io', 'v1beta2.custom.metrics.k8s.io', 'v1beta1.external.metrics.k8s.io'],
  );
