/**
 * konnectivity v0.34.0 on a whole node, as the documentation of Kubernetes sets it up (tasks/extend-kubernetes/setup-konnectivity):
 * the server is a static pod beside kube-apiserver, which dials through its socket; the agents are pods.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { KubernetesObject } from './api.ts';
import { replaceFile } from './manifest.ts';
import { image } from './node-assets.ts';
import { until } from './wait.ts';
import type { WholeNode } from './whole-node.ts';

export type Protocol = 'GRPC' | 'HTTPConnect';
const folder = '/etc/kubernetes/konnectivity-server';
const socket = `${folder}/konnectivity-server.socket`;
const agentPort = 8132;
const audience = 'system:konnectivity-server';
const agent = { name: 'konnectivity-agent', namespace: 'kube-system', labels: { 'k8s-app': 'konnectivity-agent' } };
export const manifestOfServer = '/etc/kubernetes/manifests/konnectivity-server.yaml';

const hostPath = (name: string, path: string, type: string) => ({ name, hostPath: { path, type } });

/** It asks kube-apiserver who an agent is; here with the administrator's own kubeconfig. */
const server = (protocol: Protocol) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'konnectivity-server', namespace: 'kube-system' },
  spec: {
    hostNetwork: true,
    priorityClassName: 'system-cluster-critical',
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name: 'konnectivity-server-container',
        image: image.konnectivityServer,
        args: [
          `--uds-name=${socket}`,
          `--mode=${protocol === 'GRPC' ? 'grpc' : 'http-connect'}`,
          '--cluster-cert=/etc/kubernetes/pki/apiserver.crt',
          '--cluster-key=/etc/kubernetes/pki/apiserver.key',
          '--server-port=0',
          `--agent-port=${agentPort}`,
          '--admin-port=8133',
          '--health-port=8134',
          '--agent-namespace=kube-system',
          '--agent-service-account=konnectivity-agent',
          '--kubeconfig=/etc/kubernetes/admin.conf',
          `--authentication-audience=${audience}`,
        ],
        volumeMounts: [
          { name: 'pki', mountPath: '/etc/kubernetes/pki', readOnly: true },
          { name: 'kubeconfig', mountPath: '/etc/kubernetes/admin.conf', readOnly: true },
          { name: 'socket', mountPath: folder },
        ],
      },
    ],
    volumes: [
      hostPath('pki', '/etc/kubernetes/pki', 'Directory'),
      hostPath('kubeconfig', '/etc/kubernetes/admin.conf', 'File'),
      hostPath('socket', folder, 'DirectoryOrCreate'),
    ],
  },
});

const agents = ({ address }: WholeNode): KubernetesObject[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: agent },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: agent,
    spec: {
      replicas: 1,
      selector: { matchLabels: agent.labels },
      template: {
        metadata: { labels: agent.labels },
        spec: {
          serviceAccountName: agent.name,
          terminationGracePeriodSeconds: 1,
          tolerations: [{ operator: 'Exists' }],
          containers: [
            {
              name: agent.name,
              image: image.konnectivityAgent,
              args: [
                '--ca-cert=/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
                `--proxy-server-host=${address}`,
                `--proxy-server-port=${agentPort}`,
                '--service-account-token-path=/var/run/secrets/tokens/konnectivity-agent-token',
                '--sync-interval=1s',
                '--sync-interval-cap=2s',
              ],
              readinessProbe: { httpGet: { path: '/readyz', port: 8093 }, periodSeconds: 1 },
              volumeMounts: [{ name: 'token', mountPath: '/var/run/secrets/tokens' }],
            },
          ],
          volumes: [{ name: 'token', projected: { sources: [{ serviceAccountToken: { path: 'konnectivity-agent-token', audience } }] } }],
        },
      },
    },
  },
];

const selector = (protocol: Protocol) => ({
  apiVersion: 'apiserver.k8s.io/v1beta1',
  kind: 'EgressSelectorConfiguration',
  egressSelections: [{ name: 'cluster', connection: { proxyProtocol: protocol, transport: { uds: { udsName: socket } } } }],
});

/** Returns once kube-apiserver dials through it. */
export async function installKonnectivity(node: WholeNode, protocol: Protocol): Promise<void> {
  await Promise.all([node.importImage('konnectivityServer'), node.importImage('konnectivityAgent')]);
  await mkdir(join(node.root, folder), { recursive: true });
  await writeFile(join(node.root, folder, 'egress-selector-configuration.yaml'), stringify(selector(protocol)));
  await startServer(node, protocol);
  await node.apply(...agents(node));
  const pod = parse(await node.manifest.read());
  pod.spec.containers[0].command.push(`--egress-selector-config-file=${folder}/egress-selector-configuration.yaml`);
  pod.spec.containers[0].volumeMounts.push({ name: 'konnectivity-uds', mountPath: folder });
  pod.spec.volumes.push(hostPath('konnectivity-uds', folder, 'DirectoryOrCreate'));
  await node.manifest.write(stringify(pod));
  await node.waitApplied();
  await waitAgents(node);
}

export async function startServer(node: WholeNode, protocol: Protocol): Promise<void> {
  const path = join(node.root, manifestOfServer);
  await replaceFile(path, stringify(server(protocol)), 0o600);
}

/** An agent is ready while it has a connection to the server. */
export const waitAgents = (node: WholeNode) =>
  until('an agent to reach konnectivity-server', 90_000, () =>
    node.kubectl('-n', agent.namespace, 'wait', 'pods', '-l', 'k8s-app=konnectivity-agent', '--for=condition=Ready', '--timeout=5s').then(
      () => true,
      () => undefined,
    ),
  );
