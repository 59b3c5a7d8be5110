/** The pod of the sample: its API server and an etcd of its own. */
import { apiPath } from '../api-path.ts';
import type { ApiPath } from '../model.ts';
import { type Plan, podLabels } from './plan.ts';

export const serviceAccountName = 'apiserver';
export const secretName = 'wardle-serving';
export const pullSecretName = 'wardle-pull';
export const auditPolicyName = 'wardle-audit-policy';
export const serverContainer = 'wardle-server';

/** One line for each request about the sample's own resources: who asked what, as the extension server saw it. Bodies stay out. */
export const auditPolicy = `apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
  resources: [{group: wardle.example.com}]
- level: None
`;

/** Where the sample's pods are listed. */
export const podsPath = ({ namespace }: Plan): ApiPath => {
  const labels = Object.entries(podLabels).map((pair) => pair.join('='));
  return apiPath`/api/v1/namespaces/${namespace}/pods?labelSelector=${labels.join()}`;
};

const etcdClients = 'http://127.0.0.1:2379';

export function podSpec(plan: Plan): object {
  return {
    serviceAccountName,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    terminationGracePeriodSeconds: 5,
    ...(plan.restricted && {
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        runAsGroup: 65532,
        fsGroup: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    }),
    ...(plan.imagePullSecret && { imagePullSecrets: [{ name: pullSecretName }] }),
    containers: [server(plan), etcd(plan)],
    volumes: [
      { name: 'serving', secret: { secretName } },
      { name: 'audit', configMap: { name: auditPolicyName } },
      { name: 'data', emptyDir: {} },
    ],
  };
}

const server = (plan: Plan) => ({
  name: serverContainer,
  image: plan.image,
  imagePullPolicy: 'IfNotPresent',
  args: [
    `--etcd-servers=${etcdClients}`,
    `--secure-port=${plan.port}`,
    '--tls-cert-file=/serving/tls.crt',
    '--tls-private-key-file=/serving/tls.key',
    '--audit-policy-file=/audit/policy.yaml',
    '--audit-log-path=-',
    ...plan.serverArguments,
  ],
  ports: [{ containerPort: plan.port, protocol: 'TCP' }],
  readinessProbe: {
    httpGet: { scheme: 'HTTPS', port: plan.port, path: '/readyz' },
    periodSeconds: 2,
    timeoutSeconds: 5,
    failureThreshold: 3,
  },
  resources: { requests: { cpu: '50m', memory: '128Mi' } },
  volumeMounts: [
    { name: 'serving', mountPath: '/serving', readOnly: true },
    { name: 'audit', mountPath: '/audit', readOnly: true },
  ],
  ...confined(plan),
});

// The command is given because images of etcd differ in theirs; 127.0.0.1 because localhost may be ::1, where etcd does not listen.
const etcd = (plan: Plan) => ({
  name: 'etcd',
  image: plan.etcdImage,
  imagePullPolicy: 'IfNotPresent',
  command: [
    '/usr/local/bin/etcd',
    '--data-dir=/data/etcd',
    `--listen-client-urls=${etcdClients}`,
    `--advertise-client-urls=${etcdClients}`,
    '--listen-peer-urls=http://127.0.0.1:2380',
  ],
  resources: { requests: { cpu: '50m', memory: '64Mi' } },
  volumeMounts: [{ name: 'data', mountPath: '/data' }],
  ...confined(plan),
});

const confined = ({ restricted }: Plan) =>
  restricted && { securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } } };
