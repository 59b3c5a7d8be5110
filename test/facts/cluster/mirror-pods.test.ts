/** Mirror pods of other makes than kubeadm, seen through the API alone. */
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mirrorPodsPath, otherMirrorPodsPath } from '../../../src/facts/cluster/mirror-pods.ts';
import { gather } from '../../../src/facts/gather.ts';
import { nodeOf } from '../../support/node.ts';

/** What is gathered of a cluster with these Pods under the label that each make gives them. */
async function seen(path: string, pods: readonly object[], nodeLabels: Readonly<Record<string, string>> = {}) {
  const { ask, folder } = await nodeOf(
    {},
    {
      '/version': { gitVersion: 'v1.37.2' },
      [`${path}&limit=500`]: { kind: 'PodList', items: pods },
      '/api/v1/nodes?limit=1': { items: [{ metadata: { labels: nodeLabels } }] },
    },
  );
  const { gathered } = await gather([ask], { userOptions: {} });
  rmSync(folder, { recursive: true });
  return gathered;
}
const pod = (labels: object, container: object) => ({
  metadata: { name: 'kube-apiserver-cp-1', namespace: 'kube-system', labels },
  spec: { nodeName: 'cp-1', containers: [container] },
});
const talos = { component: 'kube-apiserver', 'app.kubernetes.io/managed-by': 'Talos' };

test('kOps labels them k8s-app, and starts kube-apiserver by go-runner', async () => {
  const container = {
    command: ['/go-runner'],
    args: ['--log-file=/x', '/usr/local/bin/kube-apiserver', '--requestheader-allowed-names=aggregator'],
  };
  const { apiserver, cluster } = await seen(otherMirrorPodsPath, [pod({ 'k8s-app': 'kube-apiserver' }, container)], {
    'kops.k8s.io/instancegroup': 'control-plane',
  });
  expect(cluster.distribution).toEqual({ ok: true, value: 'kOps' });
  expect(apiserver).toMatchObject({
    ok: true,
    value: [
      {
        subject: { name: 'cp-1' },
        facts: {
          flags: { value: { origin: 'mirror pod', byName: { 'requestheader-allowed-names': { list: ['aggregator'] } } } },
          nodeFiles: { ok: false, why: 'excluded', message: expect.stringContaining('on its node, run sudo aggctl doctor') },
        },
      },
    ],
  });
});

test('Talos says so on the pod; there is no shell on its nodes', async () => {
  const { apiserver, cluster } = await seen(mirrorPodsPath, [pod(talos, { command: ['/usr/local/bin/kube-apiserver', '--v=2'] })]);
  expect(cluster.distribution).toEqual({ ok: true, value: 'Talos' });
  expect(apiserver).toMatchObject({ value: [{ facts: { nodeFiles: { message: expect.stringContaining('talosctl -n cp-1 read') } } }] });
});

test('a Pod that only bears the label is no kube-apiserver', async () => {
  const { apiserver } = await seen(mirrorPodsPath, [pod({ component: 'kube-apiserver' }, { command: ['sleep', 'inf'] })]);
  expect(apiserver).toMatchObject({ ok: false, why: 'excluded' });
});
