/** The sample API server as real pods of a whole node: the objects of sample-apiserver's artifacts/example, with a certificate that verifies. */
import type { KubernetesObject } from './api.ts';
import type { Version } from './assets.ts';
import { image } from './node-assets.ts';
import { issue } from './pki.ts';
import type { Server } from './servers.ts';
import { until } from './wait.ts';
import type { WholeNode } from './whole-node.ts';

/** What was applied for it, to be changed and applied again. */
export interface SampleObjects {
  namespace: KubernetesObject;
  serviceAccount: KubernetesObject;
  /** TokenReviews and SubjectAccessReviews. */
  delegatorBinding: KubernetesObject;
  /** ConfigMap extension-apiserver-authentication, in kube-system. */
  readerBinding: KubernetesObject;
  /** What the server's informers watch. */
  role: KubernetesObject;
  roleBinding: KubernetesObject;
  secret: KubernetesObject;
  deployment: KubernetesObject;
  service: KubernetesObject;
  apiService: KubernetesObject;
}

export interface Sample extends Server {
  objects: SampleObjects;
}

const namespace = 'wardle';
const labels = { apiserver: 'true' };

/**
 * Returns once v1alpha1.wardle.example.com is Available and served. `change` may alter the objects first: then it returns as soon as they
 * are applied, for the test waits for what it expects. `stop` ends the server's process, which kubelet starts again, and `start` waits for
 * that: no controller is needed, for after kube-apiserver's restart they need half a minute to see anything.
 */
export async function deploySample(node: WholeNode, change?: (objects: SampleObjects) => void): Promise<Sample> {
  const ca = await issue({ commonName: 'wardle-ca', ca: true });
  const names = [`api.${namespace}.svc`, `api.${namespace}.svc.cluster.local`].map((name) => `DNS:${name}`);
  const serving = await issue({
    commonName: `api.${namespace}.svc`,
    issuer: ca,
    extendedKeyUsage: ['serverAuth'],
    subjectAltNames: names,
  });
  const objects = sampleObjects(node.version, ca.cert, serving);
  change?.(objects);
  await node.apply(...Object.values(objects));
  const apiService = 'v1alpha1.wardle.example.com';
  if (!change) await node.waitServed(apiService);
  const containers = async (): Promise<KubernetesObject[]> => {
    const pods = await node.get(`/api/v1/namespaces/${namespace}/pods?labelSelector=apiserver%3Dtrue`);
    const statuses: KubernetesObject[] = (pods?.items ?? []).flatMap(({ status }: KubernetesObject) => status.containerStatuses ?? []);
    return statuses.filter(({ name }) => name === 'wardle-server');
  };
  let ended: string[] = [];
  return {
    objects,
    apiService,
    ca,
    serving,
    log: () => node.kubectl('logs', 'deployment/wardle-server', '--namespace', namespace, '--container', 'wardle-server', '--tail=-1'),
    async start() {
      await until('kubelet to start the sample server again', 60_000, async () => {
        const now = await containers();
        return now.every(({ ready, containerID }) => ready && !ended.includes(containerID)) || undefined;
      });
    },
    async stop() {
      ended = (await containers()).map(({ containerID }) => containerID);
      for (const id of ended) {
        const task = ['ctr', '--namespace', 'k8s.io', 'tasks', 'kill', '--signal', 'SIGKILL', id.replace('containerd://', '')];
        await node.run(task);
      }
    },
  };
}

function sampleObjects(version: Version, caBundle: string, serving: { cert: string; key: string }): SampleObjects {
  const metadata = (name: string) => ({ name, namespace });
  const subjects = [{ kind: 'ServiceAccount', name: 'apiserver', namespace }];
  const rbac = 'rbac.authorization.k8s.io';
  const roleRef = (kind: string, name: string) => ({ apiGroup: rbac, kind, name });
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const watch = (apiGroups: string[], resources: string[]) => ({ apiGroups, resources, verbs: ['get', 'list', 'watch'] });
  return {
    namespace: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    serviceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('apiserver') },
    delegatorBinding: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'wardle:system:auth-delegator' },
      roleRef: roleRef('ClusterRole', 'system:auth-delegator'),
      subjects,
    },
    readerBinding: {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'wardle-auth-reader', namespace: 'kube-system' },
      roleRef: roleRef('Role', 'extension-apiserver-authentication-reader'),
      subjects,
    },
    role: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: 'aggregated-apiserver-clusterrole' },
      rules: [
        watch([''], ['namespaces']),
        // The artifacts name them one by one, and lack those that 1.36 added.
        watch(['admissionregistration.k8s.io'], ['*']),
        watch(['flowcontrol.apiserver.k8s.io'], ['prioritylevelconfigurations', 'flowschemas']),
      ],
    },
    roleBinding: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'sample-apiserver-clusterrolebinding' },
      roleRef: roleRef('ClusterRole', 'aggregated-apiserver-clusterrole'),
      subjects,
    },
    secret: {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata('serving'),
      type: 'kubernetes.io/tls',
      data: { 'tls.crt': base64(serving.cert), 'tls.key': base64(serving.key) },
    },
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('wardle-server'),
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: podSpec(version) },
      },
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('api'),
      spec: { selector: labels, ports: [{ port: 443, protocol: 'TCP', targetPort: 443 }] },
    },
    apiService: {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1alpha1.wardle.example.com' },
      spec: {
        group: 'wardle.example.com',
        version: 'v1alpha1',
        groupPriorityMinimum: 1000,
        versionPriority: 15,
        service: { namespace, name: 'api', port: 443 },
        caBundle: base64(caBundle),
      },
    },
  };
}

const podSpec = (version: Version) => ({
  serviceAccountName: 'apiserver',
  terminationGracePeriodSeconds: 1,
  containers: [
    {
      name: 'wardle-server',
      image: image.sampleApiserver(version),
      args: ['--etcd-servers=http://localhost:2379', '--tls-cert-file=/serving/tls.crt', '--tls-private-key-file=/serving/tls.key'],
      volumeMounts: [{ name: 'serving', mountPath: '/serving', readOnly: true }],
      readinessProbe: { httpGet: { scheme: 'HTTPS', port: 443, path: '/readyz' }, periodSeconds: 1 },
    },
    { name: 'etcd', image: image.etcd, command: ['/usr/local/bin/etcd', '--unsafe-no-fsync'] },
  ],
  volumes: [{ name: 'serving', secret: { secretName: 'serving' } }],
});
