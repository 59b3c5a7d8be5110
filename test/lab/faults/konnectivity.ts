/** The failures of konnectivity, on a whole node whose kube-apiserver dials through it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '../api.ts';
import { manifestOfServer, type Protocol, startServer, waitAgents } from '../konnectivity.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import { metrics, type ThirdPartyFault } from './third-parties.ts';

const scale = (node: WholeNode, replicas: number) =>
  node.kubectl('-n', 'kube-system', 'scale', 'deployment/konnectivity-agent', `--replicas=${replicas}`);
/** Without `waitAvailable`, which touches the object each second: a probe that takes longer could never write what it found. */
const failing = (node: WholeNode, text = /./) =>
  until('the APIService to fail', 90_000, async () => {
    const found = await node.get(`/apis/apiregistration.k8s.io/v1/apiservices/${metrics}`);
    const conditions: KubernetesObject[] = found?.status?.conditions ?? [];
    return conditions.find(({ type, status, message }) => type === 'Available' && status === 'False' && text.test(message));
  });

/** Whom a request meets on its way: the agents are found from a laptop, the socket on the node. */
interface KonnectivityFault extends ThirdPartyFault {
  readonly onNode?: true;
  /** The commands of the fix heal it; `undo` waits for that. */
  readonly heals?: true;
}

/** From the node the certificate of metrics-server is seen, which kube-apiserver does not verify. */
const unverified = ['insecure-skip-hides-faults'];

export const konnectivityFaults = (protocol: Protocol): readonly KonnectivityFault[] => [
  {
    name: `konnectivity-${protocol.toLowerCase()}-without-agents`,
    finds: ['tunnel-agents-not-ready', 'apiservice-unavailable'],
    status: 1,
    says: /kube-apiserver dials through konnectivity, and none of its agents runs/,
    async inject(node) {
      await scale(node, 0);
      await failing(node, /missing response/);
    },
    undo: (node) => waitAgents(node).then(() => undefined),
    heals: true,
  },
  {
    name: `konnectivity-${protocol.toLowerCase()}-server-stopped`,
    finds: ['egress-socket-absent', 'apiservice-unavailable', ...(protocol === 'GRPC' ? unverified : [])],
    status: 1,
    says: /the tunnel's socket .* does not exist/,
    onNode: true,
    async inject(node) {
      await rm(join(node.root, manifestOfServer));
      await failing(node, /missing response/);
    },
    async undo(node) {
      await startServer(node, protocol);
      await waitAgents(node);
    },
  },
  {
    name: `konnectivity-${protocol.toLowerCase()}-agent-blocked`,
    finds: ['extension-server-no-answer', 'apiservice-unavailable', ...unverified],
    status: 1,
    says: /does not answer kube-apiserver within 5 s/,
    onNode: true,
    async inject(node) {
      const pods = (await node.get('/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dkonnectivity-agent'))?.items ?? [];
      for (const { status } of pods) await node.firewall('-p', 'tcp', '-s', status.podIP, '--dport', '10250', '-j', 'DROP');
      // kube-apiserver keeps a connection that it has.
      await node.kubectl('-n', 'kube-system', 'delete', 'pods', '-l', 'app=metrics-server', '--grace-period=1');
      await failing(node, /deadline exceeded|Timeout exceeded/);
    },
    undo: (node) => node.iptables('--flush', 'AGGCTL-LAB').then(() => undefined),
  },
];
