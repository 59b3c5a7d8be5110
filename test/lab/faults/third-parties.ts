/** The failures that extension servers made by others are known for, on a whole node where they are healthy. */
import { setTimeout as pause } from 'node:timers/promises';
import type { KubernetesObject } from '../api.ts';
import { metricsServer, type ThirdParty } from '../third-parties.ts';
import { until } from '../wait.ts';
import type { WholeNode } from '../whole-node.ts';
import type { Fault } from './fault.ts';
import { down } from './pods.ts';

/** The APIService of metrics-server. */
export const metrics = 'v1beta1.metrics.k8s.io';
/** Applies all of its objects. */
export const applyParty = (node: WholeNode, party: ThirdParty) => node.apply(...Object.values(party).flat());
const containers = async (node: WholeNode): Promise<KubernetesObject[]> => {
  const pods = (await node.get('/api/v1/namespaces/kube-system/pods?labelSelector=app%3Dmetrics-server'))?.items ?? [];
  return pods.flatMap(({ status }: KubernetesObject) => status.containerStatuses ?? []);
};
/** Installs metrics-server anew, with a change. */
async function install(node: WholeNode, change: (party: ThirdParty) => Partial<ThirdParty> | undefined): Promise<void> {
  const party = metricsServer();
  await node.kubectl('-n', 'kube-system', 'delete', 'deployment', 'metrics-server', '--ignore-not-found');
  await node.kubectl('-n', 'kube-system', 'delete', 'pods', '-l', 'app=metrics-server', '--grace-period=1');
  await applyParty(node, { ...party, ...change(party) });
  await node.waitAvailable(metrics, 'False', 'have no addresses');
}
const argsOf = ({ deployment }: ThirdParty): string[] => deployment.spec.template.spec.containers[0].args;
/** kubelet has stopped the container because of its liveness probe, and started it again. */
const restarted = (node: WholeNode) =>
  until('kubelet to start metrics-server again', 90_000, async () => {
    return (await containers(node)).some(({ restartCount, state }) => restartCount > 0 && state.running) || undefined;
  });

export interface ThirdPartyFault extends Fault<WholeNode> {
  /** What the message of the first finding says. */
  readonly says: RegExp;
}
export const thirdPartyFaults: readonly ThirdPartyFault[] = [
  {
    name: 'metrics-server-without-auth-delegator',
    finds: ['authentication-delegator-missing', 'apiservice-unavailable'],
    status: 1,
    says: /Only members of `system:masters` can use .*`kube-system\/metrics-server`/,
    async inject(node) {
      const { delegatorBinding } = metricsServer();
      await node.kubectl('delete', 'clusterrolebinding', delegatorBinding.metadata.name);
      // What it has allowed to somebody it allows for 10 s more.
      await pause(11_000);
    },
  },
  {
    name: 'metrics-server-target-port-wrong',
    finds: down('service-target-port-wrong'),
    status: 1,
    says: /forwards to port `4443` of its pods, but the extension API server listens on `10250`/,
    async inject(node) {
      // As it was up to v0.6, where the Service is left over from an older manifest.
      const { service, delegatorBinding } = metricsServer();
      service.spec.ports[0].targetPort = 4443;
      await node.apply(delegatorBinding, service);
      // kube-apiserver keeps a connection that it has.
      await node.kubectl('-n', 'kube-system', 'delete', 'pods', '-l', 'app=metrics-server', '--grace-period=1');
      await node.waitAvailable(metrics, 'False', 'connection refused');
    },
  },
  {
    name: 'metrics-server-kubelet-certificates',
    finds: down('extension-server-not-ready'),
    status: 1,
    says: /^Not an aggregation fault: .* it cannot verify the kubelets' serving certificates/,
    async inject(node) {
      await install(node, (party) => {
        argsOf(party).splice(argsOf(party).indexOf('--kubelet-insecure-tls'), 1);
        return undefined;
      });
      await until('metrics-server to fail at scraping', 90_000, async () => {
        const log = await node.kubectl('-n', 'kube-system', 'logs', 'deployment/metrics-server', '--tail=50').catch(() => '');
        return log.includes('Failed to scrape node') || undefined;
      });
      // Younger pods are on their way.
      await pause(31_000);
    },
  },
  {
    name: 'metrics-server-without-its-role',
    finds: down('extension-server-crashes'),
    status: 1,
    says: /is not allowed to list the resources that it watches/,
    async inject(node) {
      await node.kubectl('delete', 'clusterrole,clusterrolebinding', 'system:metrics-server');
      await install(node, ({ delegatorBinding }) => ({ role: delegatorBinding, roleBinding: delegatorBinding }));
      await restarted(node);
    },
  },
  {
    name: 'metrics-server-secure-port-wrong',
    finds: down('extension-server-crashes'),
    status: 1,
    says: /it listens on port `4443` \(`--secure-port`\), but its probes use port `10250`/,
    async inject(node) {
      await install(node, (party) => {
        argsOf(party)[argsOf(party).indexOf('--secure-port=10250')] = '--secure-port=4443';
        return undefined;
      });
      await restarted(node);
    },
  },
];
