/** KEDA v2.21.0 on a whole node: the objects of its own manifests (config/), with quick probes. The operator issues the adapter's certificate. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from './api.ts';
import { image, sourcesOf } from './node-assets.ts';
import { objects } from './third-parties.ts';
import type { WholeNode } from './whole-node.ts';

const namespace = 'keda';
export const externalMetrics = 'v1beta1.external.metrics.k8s.io';
const certificates = { name: 'certificates', mountPath: '/certs', readOnly: true };
const secret = { secretName: 'kedaorg-certs' };
/** The cluster has no DNS: the adapter finds its operator, which it asks for every metric, by a name of its own pod. */
const operatorIP = '10.96.96.66';
const environment = [
  { name: 'WATCH_NAMESPACE', value: '' },
  { name: 'POD_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
];

/** Without a ServiceAccount: both run as keda-operator. */
function part(name: string, container: KubernetesObject, volume: KubernetesObject) {
  const { deployment, service, namespace: space } = objects({ name, namespace }, [], container, []);
  const { spec } = deployment.spec.template;
  Object.assign(spec, { serviceAccountName: 'keda-operator' });
  spec.containers[0].volumeMounts.push(certificates);
  spec.volumes.push({ name: 'certificates', secret: volume });
  return { space, deployment, service };
}

/** config/metrics-server. */
export function kedaAdapter() {
  const { deployment, service } = part(
    'keda-metrics-apiserver',
    {
      image: image.kedaAdapter,
      args: [
        '--secure-port=6443',
        '--zap-log-level=error',
        '--client-ca-file=/certs/ca.crt',
        '--tls-cert-file=/certs/tls.crt',
        '--tls-private-key-file=/certs/tls.key',
        '--cert-dir=/certs',
      ],
      env: environment,
      ports: [{ name: 'https', containerPort: 6443, protocol: 'TCP' }],
      readinessProbe: { httpGet: { path: '/readyz', port: 6443, scheme: 'HTTPS' }, periodSeconds: 1 },
      livenessProbe: { httpGet: { path: '/healthz', port: 6443, scheme: 'HTTPS' }, initialDelaySeconds: 5 },
    },
    secret,
  );
  deployment.spec.template.spec.hostAliases = [{ ip: operatorIP, hostnames: [`keda-operator.${namespace}.svc.cluster.local`] }];
  const apiService = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: externalMetrics, labels: { 'app.kubernetes.io/part-of': 'keda-operator' } },
    spec: {
      group: 'external.metrics.k8s.io',
      version: 'v1beta1',
      service: { namespace, name: 'keda-metrics-apiserver' },
      groupPriorityMinimum: 100,
      versionPriority: 100,
    },
  };
  return { deployment, service, apiService };
}

/** config/manager. No webhook of its is there whose caBundle it could set. */
function kedaOperator() {
  const operator = part(
    'keda-operator',
    {
      image: image.kedaOperator,
      args: ['--leader-elect', '--zap-log-level=info', '--enable-cert-rotation=true', '--enable-webhook-patching=false'],
      env: environment,
      ports: [{ name: 'https', containerPort: 9666, protocol: 'TCP' }],
      readinessProbe: { httpGet: { path: '/readyz', port: 8081 }, periodSeconds: 1 },
      livenessProbe: { httpGet: { path: '/healthz', port: 8081 }, initialDelaySeconds: 25 },
    },
    { ...secret, optional: true },
  );
  Object.assign(operator.service.spec, { clusterIP: operatorIP, ports: [{ name: 'metricsservice', port: 9666, targetPort: 9666 }] });
  return operator;
}

/** What stands for a user's request for a metric: KEDA answers at once that it names no ScaledObject. */
export const metric = '/apis/external.metrics.k8s.io/v1beta1/namespaces/default/externalmetrics';

/** Applies its CustomResourceDefinitions, roles and both programs, as they are in the module. */
export async function installKeda(node: WholeNode): Promise<void> {
  const sources = await sourcesOf('kedaOperator');
  const crds = join(sources, 'config/crd/bases');
  const operator = kedaOperator();
  await node.apply(operator.space);
  for (const file of await readdir(crds)) await node.kubectl('apply', '--server-side', '-f', join(crds, file));
  for (const file of ['rbac/role.yaml', 'rbac/role_binding.yaml', 'service_account/service_account.yaml'])
    await node.kubectl('apply', '--server-side', '-f', join(sources, 'config', file));
  for (const file of ['role.yaml', 'role_binding.yaml'])
    await node.kubectl('apply', '--server-side', '-f', join(sources, 'config/metrics-server', file));
  await node.apply(operator.deployment, operator.service, ...Object.values(kedaAdapter()));
}
