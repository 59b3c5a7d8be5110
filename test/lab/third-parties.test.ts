/**
 * Extension servers made by others, on a whole node: found healthy, and with the failures that they are known for.
 *
 * @module-tag more
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KubernetesObject } from './api.ts';
import { diagnose } from './diagnose.ts';
import { checkApiService, onLaptop, onNode, outcome } from './doctor.ts';
import { useNode } from './fixture.ts';
import { metricsServer, type ThirdParty, testAdapter } from './third-parties.ts';
import { until } from './wait.ts';

const metrics = 'v1beta1.metrics.k8s.io';
const node = useNode();
let records: string;
const down = (id: string) => [id, 'extension-server-down', 'apiservice-unavailable'];
const look = (name: string, from = onLaptop(node())) => diagnose(node(), name, { records, from, kept: true });

const apply = (party: ThirdParty) => node().apply(...Object.values(party).flat());
const containers = async (): Promise<KubernetesObject[]> => {
  const pods = (await node().get('/api/v1/namespaces/kube-system/pods?labelSelector=app%3Dmetrics-server'))?.items ?? [];
  return pods.flatMap(({ status }: KubernetesObject) => status.containerStatuses ?? []);
};
/** Installs metrics-server anew, with a change. */
async function install(change: (party: ThirdParty) => Partial<ThirdParty> | undefined): Promise<void> {
  const party = metricsServer();
  await node().kubectl('-n', 'kube-system', 'delete', 'deployment', 'metrics-server', '--ignore-not-found');
  await node().kubectl('-n', 'kube-system', 'delete', 'pods', '-l', 'app=metrics-server', '--grace-period=1');
  await apply({ ...party, ...change(party) });
  await node().waitAvailable(metrics, 'False', 'have no addresses');
}
const argsOf = ({ deployment }: ThirdParty): string[] => deployment.spec.template.spec.containers[0].args;

beforeAll(async () => {
  await Promise.all([node().importImage('metricsServer'), node().importImage('testAdapter')]);
  records = await mkdtemp(join(tmpdir(), 'aggctl-third-parties-'));
  await apply(testAdapter('custom-metrics'));
  await apply(metricsServer());
  await node().waitServed(metrics);
});
afterAll(() => rm(records, { recursive: true, force: true }));

interface Failing {
  readonly name: string;
  readonly finds: readonly string[];
  readonly says: RegExp;
  readonly inject: () => Promise<void>;
}
const failing: readonly Failing[] = [
  {
    name: 'metrics-server-without-auth-delegator',
    finds: ['authentication-delegator-missing', 'apiservice-unavailable'],
    says: /Only members of `system:masters` can use .*`kube-system\/metrics-server`/,
    async inject() {
      const { delegatorBinding } = metricsServer();
      await node().kubectl('delete', 'clusterrolebinding', delegatorBinding.metadata.name);
      // What it has allowed to somebody it allows for 10 s more.
      await pause(11_000);
    },
  },
  {
    name: 'metrics-server-target-port-wrong',
    finds: down('service-target-port-wrong'),
    says: /forwards to port `4443` of its pods, but the extension API server listens on `10250`/,
    async inject() {
      // As it was up to v0.6, where the Service is left over from an older manifest.
      const { service, delegatorBinding } = metricsServer();
      service.spec.ports[0].targetPort = 4443;
      await node().apply(delegatorBinding, service);
      // kube-apiserver keeps a connection that it has.
      await node().kubectl('-n', 'kube-system', 'delete', 'pods', '-l', 'app=metrics-server', '--grace-period=1');
      await node().waitAvailable(metrics, 'False', 'connection refused');
    },
  },
  {
    name: 'metrics-server-kubelet-certificates',
    finds: down('extension-server-not-ready'),
    says: /^Not an aggregation fault: .* it cannot verify the kubelets' serving certificates/,
    async inject() {
      await install((party) => {
        argsOf(party).splice(argsOf(party).indexOf('--kubelet-insecure-tls'), 1);
        return undefined;
      });
      await until('metrics-server to fail at scraping', 90_000, async () => {
        const log = await node()
          .kubectl('-n', 'kube-system', 'logs', 'deployment/metrics-server', '--tail=50')
          .catch(() => '');
        return log.includes('Failed to scrape node') || undefined;
      });
      // Younger pods are on their way.
      await pause(31_000);
    },
  },
  {
    name: 'metrics-server-without-its-role',
    finds: down('extension-server-crashes'),
    says: /is not allowed to list the resources that it watches/,
    async inject() {
      await node().kubectl('delete', 'clusterrole,clusterrolebinding', 'system:metrics-server');
      await install(({ delegatorBinding }) => ({ role: delegatorBinding, roleBinding: delegatorBinding }));
      await restarted();
    },
  },
  {
    name: 'metrics-server-secure-port-wrong',
    finds: down('extension-server-crashes'),
    says: /it listens on port `4443` \(`--secure-port`\), but its probes use port `10250`/,
    async inject() {
      await install((party) => {
        argsOf(party)[argsOf(party).indexOf('--secure-port=10250')] = '--secure-port=4443';
        return undefined;
      });
      await restarted();
    },
  },
];
/** kubelet has stopped the container because of its liveness probe, and started it again. */
const restarted = () =>
  until('kubelet to start metrics-server again', 90_000, async () => {
    return (await containers()).some(({ restartCount, state }) => restartCount > 0 && state.running) || undefined;
  });

test('metrics-server is healthy, from the node and from a laptop', async () => {
  for (const [name, from] of Object.entries({ 'metrics-server-healthy': onLaptop(node()), 'metrics-server-healthy-node': onNode(node()) }))
    expect(outcome(await look(name, from))).toEqual({ first: undefined, ids: [], status: 0 });
  const named = await checkApiService(node(), metrics, ...onLaptop(node()));
  expect(named.report.apiservices?.[0]?.path.find(({ hop }) => hop === 'discovery')).toMatchObject({
    state: 'passed',
    shows: [expect.any(String), expect.stringMatching(/^GET \/openapi\/v3\/apis\/metrics\.k8s\.io\/v1beta1: 200 in/)],
  });
});

test.each(failing)('$name', async ({ name, finds, says, inject }) => {
  await inject();
  const found = await look(name);
  expect(outcome(found), JSON.stringify(found.report.findings, null, 1)).toEqual({ first: finds[0], ids: [...finds].sort(), status: 1 });
  expect(found.report.findings[0]?.message).toMatch(says);
});

test("custom-metrics-apiserver's test adapter is healthy, with its empty lists; so is the one of two providers that the APIService leads to", async () => {
  await node().kubectl('delete', 'apiservice', metrics);
  const healthy = { first: undefined, ids: [], status: 0 };
  expect(outcome(await look('custom-metrics-healthy'))).toEqual(healthy);
  const other = testAdapter('other-metrics');
  await apply(other);
  for (const { metadata } of other.apiServices) await node().waitServed(metadata.name);
  expect(outcome(await look('custom-metrics-two-providers-healthy'))).toEqual(healthy);
  const all = await checkApiService(node(), '--all', ...onLaptop(node()));
  // One certificate of one server, said once.
  expect(all.report.findings.map(({ id, subject, others }) => [id, subject.name, others?.map(({ name }) => name)])).toEqual([
    ['insecure-skip-hides-faults', 'v1beta1.custom.metrics.k8s.io', ['v1beta1.external.metrics.k8s.io', 'v1beta2.custom.metrics.k8s.io']],
  ]);
});
