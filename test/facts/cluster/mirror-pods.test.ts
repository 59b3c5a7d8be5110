/** Mirror pods of other makes than kubeadm, seen through the API alone. */
import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mirrorPodsPath, otherMirrorPodsPath } from '../../../src/facts/cluster/mirror-pods.ts';
import { gather } from '../../../src/facts/gather.ts';
import { nodeOf } from '../../support/node.ts';

/** What is gathered of a cluster with these Pods under the label that each make gives them. */
async function seen(path: string, pods: readonly object[], nodeLabels: Readonly<Record<string, string>> = {}, history = false) {
  const { ask, folder } = await nodeOf(
    {},
    {
      '/version': { gitVersion: 'v1.37.2' },
      ...(history && { '/apis/apiregistration.k8s.io/v1/apiservices?limit=500': { items: [] } }),
      [`${path}&limit=500`]: { kind: 'PodList', items: pods },
      '/api/v1/nodes?limit=1': { items: [{ metadata: { labels: nodeLabels } }] },
    },
  );
  const { gathered } = await gather([ask], { userOptions: { history } });
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

test('its status tells of its restarts', async () => {
  const ended = { exitCode: 1, reason: 'Error', startedAt: '2026-11-23T15:11:40Z', finishedAt: '2026-11-23T15:11:41Z' };
  const status = (restartCount: number, terminated?: object) => ({
    containerStatuses: [{ name: 'kube-apiserver', restartCount, lastState: { ...(terminated && { terminated }) } }],
  });
  const own = pod({ component: 'kube-apiserver' }, { command: ['kube-apiserver'] });
  const restarts = async (told: object) => (await seen(mirrorPodsPath, [{ ...own, status: told }], {}, true)).cluster.restarts;
  const restart = { pod: 'kube-apiserver-cp-1', count: 2, at: new Date('2026-11-23T15:11:41Z'), reason: 'Error, exit status 1' };
  expect(await restarts(status(2, ended))).toEqual({ ok: true, value: [restart] });
  expect(await restarts(status(2, { ...ended, finishedAt: '2026-02-31T25:61:00Z' }))).toEqual({
    ok: true,
    value: [{ ...restart, at: null }],
  });
  expect(await restarts(status(0))).toEqual({ ok: true, value: [] });
  expect(await restarts({})).toEqual({ ok: true, value: [] });
});
