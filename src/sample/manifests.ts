/** The plan as the objects of sample-apiserver's artifacts/example, with a certificate that verifies, probes, and nothing that it does not need. */
import type { Manifest } from '../model.ts';
import { apiServiceName, group, ownLabels, type Plan, podLabels, serviceName, version } from './plan.ts';
import { auditPolicy, auditPolicyName, podSpec, pullSecretName, secretName, serviceAccountName } from './pod.ts';
import type { Serving } from './serving.ts';

/** By purpose, in the order in which they are applied. */
export interface Manifests {
  readonly namespace: Manifest;
  readonly serviceAccount: Manifest;
  readonly role: Manifest;
  readonly roleBinding: Manifest;
  readonly delegatorBinding: Manifest;
  readonly readerBinding: Manifest;
  readonly auditPolicy: Manifest;
  /** null: the existing Secret is reused. */
  readonly secret: Manifest | null;
  readonly deployment: Manifest;
  readonly service: Manifest;
  readonly apiService: Manifest;
}

const rbac = 'rbac.authorization.k8s.io';

/** A certificate without a key is already in the cluster. */
export function manifestsOf(plan: Plan, serving: Omit<Serving, 'key'> & Partial<Serving>): Manifests {
  const { namespace } = plan;
  const own = (name: string) => ({ name, labels: { ...ownLabels } });
  const inside = (name: string) => ({ ...own(name), namespace });
  const prefixed = (name: string) => own(`${plan.namePrefix}${name}`);
  const subjects = [{ kind: 'ServiceAccount', name: serviceAccountName, namespace }];
  const roleRef = (kind: string, name: string) => ({ apiGroup: rbac, kind, name });
  const role = prefixed('aggregated-apiserver-clusterrole');
  return {
    namespace: {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespace,
        labels: { ...ownLabels, 'pod-security.kubernetes.io/enforce': plan.restricted ? 'restricted' : 'baseline' },
      },
    },
    serviceAccount: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: inside(serviceAccountName) },
    role: { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: role, rules: informerRules },
    roleBinding: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: prefixed('sample-apiserver-clusterrolebinding'),
      roleRef: roleRef('ClusterRole', role.name),
      subjects,
    },
    delegatorBinding: {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: prefixed('wardle:system:auth-delegator'),
      roleRef: roleRef('ClusterRole', 'system:auth-delegator'),
      subjects,
    },
    readerBinding: {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { ...prefixed('wardle-auth-reader'), namespace: 'kube-system' },
      roleRef: roleRef('Role', 'extension-apiserver-authentication-reader'),
      subjects,
    },
    auditPolicy: { apiVersion: 'v1', kind: 'ConfigMap', metadata: inside(auditPolicyName), data: { 'policy.yaml': auditPolicy } },
    secret: serving.key === undefined ? null : servingSecret(inside(secretName), serving, serving.key),
    deployment: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: inside('wardle-server'),
      spec: {
        replicas: 1,
        // Two pods at a time would be two etcds with different data.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: podLabels },
        template: { metadata: { labels: podLabels, annotations: { 'aggctl/serving': serving.fingerprint } }, spec: podSpec(plan) },
      },
    },
    service: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: inside(serviceName),
      spec: { selector: podLabels, ports: [{ port: 443, protocol: 'TCP', targetPort: plan.port }] },
    },
    apiService: {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: own(apiServiceName),
      spec: {
        group,
        version,
        groupPriorityMinimum: 1000,
        versionPriority: 15,
        service: { namespace, name: serviceName, port: 443 },
        ...(plan.insecure ? { insecureSkipTLSVerify: true } : { caBundle: base64(serving.ca) }),
      },
    },
  };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const servingSecret = (metadata: Manifest['metadata'], { certificate, ca }: Omit<Serving, 'key'>, key: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata,
  type: 'kubernetes.io/tls',
  data: { 'tls.crt': base64(certificate), 'tls.key': base64(key), 'ca.crt': base64(ca) },
});

/** The pod alone, for a dry run: PodSecurity and quotas apply to pods, not to a Deployment that creates them. */
export const podOf = (plan: Plan): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'wardle-server-dry-run', namespace: plan.namespace, labels: { ...ownLabels, ...podLabels } },
  spec: podSpec(plan),
});

/** What the Secret that the images are pulled with is copied to. */
export const pullSecretOf = (plan: Plan): Manifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: pullSecretName, namespace: plan.namespace, labels: { ...ownLabels } },
});

/**
 * What the server's informers watch; without one of them every write waits 10 s and ends in 403 `not yet ready to handle request`. Names
 * that a cluster does not know do no harm: mutatingadmissionpolicies came with 1.36 (k8s.io/apiserver v0.36.3, pkg/server/plugins.go).
 */
const informerRules = [
  { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list', 'watch'] },
  {
    apiGroups: ['admissionregistration.k8s.io'],
    resources: [
      'mutatingwebhookconfigurations',
      'validatingwebhookconfigurations',
      'validatingadmissionpolicies',
      'validatingadmissionpolicybindings',
      'mutatingadmissionpolicies',
      'mutatingadmissionpolicybindings',
    ],
    verbs: ['get', 'list', 'watch'],
  },
  { apiGroups: ['flowcontrol.apiserver.k8s.io'], resources: ['prioritylevelconfigurations', 'flowschemas'], verbs: ['list', 'watch'] },
];
