/** `aggctl flags` over each way in which flags are read. */
import { expect, test } from 'vitest';
import { flags } from '../../src/commands/flags.ts';
import type { Table } from '../../src/model.ts';
import { opened } from '../support/scenarios.ts';

async function shown(scenario: string): Promise<Table> {
  const steps = flags({ snapshot: `test/scenarios/${scenario}.jsonl` }, { signal: new AbortController().signal, env: {} });
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
  }
}

test.each([
  ['healthy', 'manifest', 'front-proxy-client', '/etc/kubernetes/manifests/kube-apiserver.yaml'],
  ['systemd-allowed-names-exclude-cn', 'systemd unit', 'aggregator', '/etc/sysconfig/kube-apiserver'],
  ['microk8s-healthy', 'arguments file', 'front-proxy-client', '/var/snap/microk8s/current/args/kube-apiserver'],
  ['rke2-username-headers-missing', 'manifest', 'front-proxy-client', '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml'],
  ['k3s-front-proxy-client-expired', 'k3s configuration', 'system:auth-proxy', "k3s's own defaults"],
  [
    'openshift-healthy',
    'OpenShift configuration',
    'kube-apiserver-proxy,system:kube-apiserver-proxy,system:openshift-aggregator',
    '/etc/kubernetes/static-pod-resources/kube-apiserver-pod-7/configmaps/config/config.yaml',
  ],
  ['talos-healthy', 'mirror pod', 'front-proxy-client', 'Pod kube-system/kube-apiserver-talos-cp-1'],
])('%s: %s', async (scenario, origin, value, at) => {
  const { rows, items } = await shown(scenario);
  const [, shownValue, place] = rows.find(([flag]) => flag === '--requestheader-allowed-names') ?? [];
  const [file = '', line] = String(place).split(/:(?=\d+$)/);
  expect([shownValue, file]).toEqual([value, at]);
  expect(items[0]).toMatchObject({ origin });
  if (line === undefined) return;
  // The line that is told is the one that holds the value, which in a list is the last.
  const ask = await opened(`test/scenarios/${scenario}.jsonl`);
  const read = await ask({ kind: 'file', path: file });
  const text = read.ok && read.value.is === 'text' ? read.value.text : '';
  expect(text.split('\n')[Number(line) - 1]).toContain(value.split(',').at(-1));
});

test('on a managed control plane it says that nobody sees them', async () => {
  await expect(shown('eks-healthy')).rejects.toThrow('EKS does not expose them');
});
