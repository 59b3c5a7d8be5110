/** Proves the whole node: real pods behind kube-apiserver, which kubelet runs; aggctl on it and from a laptop; nothing left of it. */
import { once } from 'node:events';
import { beforeAll, describe, expect, test } from 'vitest';
import { deploySample, type Sample } from './deploy-sample.ts';
import { doctor, onLaptop, outcome } from './doctor.ts';
import { useNode } from './fixture.ts';
import { leftOf, startRunner } from './left.ts';
import { until } from './wait.ts';

const flunder = (name: string) => ({
  apiVersion: 'wardle.example.com/v1alpha1',
  kind: 'Flunder',
  metadata: { name, namespace: 'default' },
  spec: {},
});

describe('a whole node', () => {
  const lab = useNode();
  let sample: Sample;
  beforeAll(async () => {
    sample = await deploySample(lab());
  });

  test('is Ready, with the control plane in static pods', async () => {
    const nodes = await lab().kubectl('get', 'nodes', '--no-headers');
    expect(nodes).toMatch(/^cp-1 +Ready +control-plane +\S+ +v1\.37\.2\n$/);
    const pods = await lab().kubectl('get', 'pods', '--namespace', 'kube-system', '-o', 'name');
    expect(pods.split('\n').filter(Boolean)).toEqual(
      ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) => `pod/${name}-cp-1`),
    );
  });

  test('serves Flunders from a pod, whose log can be read', async () => {
    await lab().apply(flunder('one'));
    expect(await lab().kubectl('get', 'flunders', '-o', 'name')).toBe('flunder.wardle.example.com/one\n');
    expect(await sample.log()).toContain('Serving securely on [::]:443');
  });

  test('is healthy to aggctl, as root on the node and from a laptop', async () => {
    const healthy = { first: undefined, ids: [], status: 0 };
    const asRoot = await doctor(lab());
    expect({ ...outcome(asRoot), unavailable: asRoot.report.unavailable }).toEqual({ ...healthy, unavailable: [] });
    expect(outcome(await doctor(lab(), ...onLaptop(lab())))).toEqual(healthy);
  });

  test('kubelet restarts kube-apiserver when its manifest was edited, and tells when it dies', async () => {
    const node = lab();
    const sound = await node.snapshotState();
    const started = async () =>
      (await node.kubectl('get', 'pod', '-n', 'kube-system', 'kube-apiserver-cp-1', '-o', 'yaml')).match(/startedAt.*/)?.[0];
    const before = await started();
    await node.manifest.set('goaway-chance', '0.001');
    await node.waitApplied();
    await until('the mirror pod to follow', 60_000, async () => {
      const now = await started();
      return (now !== undefined && now !== before) || undefined;
    });
    expect((await node.apiserverLog()).join('\n')).toContain('Serving securely');
    await node.manifest.set('proxy-client-key-file', '/nowhere');
    const { status, log } = await node.expectExit();
    expect({ status, log: log.join('\n') }).toEqual({
      status: 1,
      log: expect.stringContaining('open /nowhere: no such file or directory'),
    });
    await node.restore(sound);
    await node.waitServed(sample.apiService);
  });

  test('restores what faults change: Deployments, Services, RBAC, namespaces, the firewall, kube-proxy', async () => {
    const node = lab();
    const sound = await node.snapshotState();
    await node.kubeProxy.stop();
    await node.firewall('-p', 'tcp', '-d', '10.244.0.0/24', '--dport', '443', '-j', 'REJECT', '--reject-with', 'tcp-reset');
    await node.waitAvailable(sample.apiService, 'False', 'connection re');
    await node.kubectl('create', 'namespace', 'extra');
    await node.kubectl('delete', 'rolebinding', '--namespace', 'kube-system', 'wardle-auth-reader');
    await node.kubectl('delete', 'namespace', 'wardle', '--wait=false');
    await node.restore(sound);
    await node.waitServed(sample.apiService);
    expect(await node.get('/api/v1/namespaces/extra')).toBeUndefined();
    await node.apply(flunder('two'));
    expect(outcome(await doctor(node))).toEqual({ first: undefined, ids: [], status: 0 });
  });
});

test('after SIGKILL of the runner nothing is left of a whole node', async () => {
  const { runner, lab } = await startRunner('node');
  expect(leftOf(lab).length).toBeGreaterThan(10);
  runner.kill('SIGKILL');
  await once(runner, 'exit');
  await until('nothing to be left', 30_000, async () => leftOf(lab).length === 0 || undefined);
});
