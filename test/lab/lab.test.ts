import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Version, versions } from './assets.ts';
import { startControlPlane } from './control-plane.ts';
import { useControlPlane } from './fixture.ts';
import { makeFolder } from './folders.ts';
import { labOf, leftOf, startRunner } from './left.ts';
import { issue } from './pki.ts';
import { startExtensionServer, startSampleApiserver } from './servers.ts';
import { until } from './wait.ts';

const wardle = '/apis/wardle.example.com/v1alpha1';

describe.each(versions)('Kubernetes %s', (version: Version) => {
  const lab = useControlPlane({ version });

  test('runs kube-apiserver of that version with the sample server behind it', async () => {
    const cp = lab();
    const { apiService } = await startSampleApiserver(cp);
    expect(JSON.parse((await cp.request('/version')).text).gitVersion).toBe(`v${version}`);
    expect((await cp.waitAvailable(apiService)).reason).toBe('Passed');
    await cp.apply({
      apiVersion: 'wardle.example.com/v1alpha1',
      kind: 'Flunder',
      metadata: { name: 'one', namespace: 'default' },
      spec: {},
    });
    const { status, stdout } = await cp.run(['kubectl', '--kubeconfig', cp.kubeconfig.admin, 'get', 'flunders', '-o', 'name']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'flunder.wardle.example.com/one\n' });
  });

  test('serves the sample server with aggregator routing, too', async () => {
    const cp = lab();
    await cp.manifest.set('enable-aggregator-routing', 'true');
    await cp.restartApiserver();
    await cp.waitServed('v1alpha1.wardle.example.com');
    expect(await cp.kubectl('get', 'flunders', '-o', 'name')).toBe('flunder.wardle.example.com/one\n');
  });
});

describe('a control plane', () => {
  const lab = useControlPlane();

  test('serves the sample server through a Service of type ExternalName', async () => {
    const cp = lab();
    const { objects } = await startSampleApiserver(cp, { serviceType: 'ExternalName' });
    expect(objects.service.spec.type).toBe('ExternalName');
    expect(JSON.parse((await cp.request(wardle)).text).resources).not.toEqual([]);
  });

  test('keeps the audit log of who asked for what', async () => {
    const cp = lab();
    await cp.request('/api/v1/namespaces?limit=1', { as: 'alice', groups: ['dev'] });
    const events = await cp.auditEvents((event) => event.impersonatedUser?.username === 'alice');
    expect(events).toMatchObject([{ verb: 'list', level: 'Metadata', responseStatus: { code: 403 } }]);
  });

  test('runs programs with their streams, environment and exit status', async () => {
    const program = 'cat; echo "$GREETING" >&2; hostname; exit 7';
    const ended = await lab().run(['sh', '-c', program], { input: 'in ', env: { GREETING: 'hello' } });
    expect(ended).toEqual({ status: 7, signal: null, stdout: 'in cp-1\n', stderr: 'hello\n' });
    expect((await lab().run(['sleep', '60'], { milliseconds: 100 })).signal).toBe('SIGKILL');
    await expect(lab().run(['no-such-program'])).rejects.toThrow('ENOENT');
  });

  test('restores files and objects after a fault that kills kube-apiserver', async () => {
    const cp = lab();
    const before = await cp.snapshotState();
    const manifest = await cp.manifest.read();
    await cp.kubectl('delete', 'apiservice', 'v1alpha1.wardle.example.com');
    await cp.kubectl('create', 'namespace', 'extra');
    await cp.kubectl('create', 'configmap', 'inside', '--namespace', 'extra');
    await cp.kubectl('patch', 'service', 'api', '-n', 'wardle', '-p', '{"spec":{"externalName":"nowhere.invalid"}}');
    await cp.manifest.set('proxy-client-key-file', '/nowhere');
    const { status, log } = await cp.expectExit();
    expect(status).toBe(1);
    expect(log.join('\n')).toContain('open /nowhere: no such file or directory');
    await cp.restore(before);
    expect(await cp.manifest.read()).toBe(manifest);
    expect(await cp.get('/api/v1/namespaces/extra')).toBeUndefined();
    expect((await cp.get('/api/v1/namespaces/wardle/services/api'))?.spec.externalName).toBe('localhost');
    expect((await cp.request(wardle)).status).toBe(200);
  });

  test('writes the authentication ConfigMap anew, and restores the union of the past', async () => {
    const cp = lab();
    const key = 'requestheader-allowed-names';
    const before = await cp.snapshotState();
    await cp.manifest.set(key, 'somebody-else');
    await cp.restartApiserver();
    expect((await cp.deleteAuthenticationConfigMap())[key]).toBe('["somebody-else"]');
    await cp.restore(before);
    const path = '/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication';
    expect((await cp.get(path))?.data[key]).toBe('["front-proxy-client"]');
  });

  test('has an extension server that misbehaves as told', async () => {
    const cp = lab();
    const server = await startExtensionServer(cp, { group: 'toys.example.com' });
    await cp.waitServed(server.apiService);
    expect(await cp.kubectl('get', 'widgets.toys.example.com', '-A', '-o', 'name')).toBe('');
    expect(await server.log()).toContain('X-Remote-User "kubernetes-super-admin"');
    await server.behave({ status: 418 });
    expect((await cp.waitAvailable(server.apiService, 'False')).message).toMatch(/bad status from .*: 418$/);
    await server.behave({ plainHTTP: true });
    await until('the condition to name plain HTTP', 90_000, async () => {
      const { message } = await cp.waitAvailable(server.apiService, 'False');
      return message.includes('http: server gave HTTP response to HTTPS client') || undefined;
    });
    const other = await issue({ commonName: 'api.toys.svc', subjectAltNames: ['DNS:api.toys.svc'], keyType: 'ed25519' });
    await server.behave({ serving: other });
    await until('the condition to name the unknown authority', 90_000, async () => {
      const { message } = await cp.waitAvailable(server.apiService, 'False');
      return message.includes('x509: certificate signed by unknown authority') || undefined;
    });
    await server.behave({ clientCA: (await cp.pair('front-proxy-ca')).cert });
    await cp.waitServed(server.apiService);
  });
});

describe('what is left', () => {
  test('after stop: nothing', async () => {
    const cp = await startControlPlane();
    const lab = labOf(cp);
    expect(leftOf(lab).length).toBeGreaterThan(3);
    await cp.stop();
    expect(leftOf(lab)).toEqual([]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('after %s of the runner: nothing', async (signal) => {
    const { runner, lab } = await startRunner('control-plane');
    expect(leftOf(lab).length).toBeGreaterThan(3);
    runner.kill(signal);
    await once(runner, 'exit');
    await until('nothing to be left', 20_000, async () => leftOf(lab).length === 0 || undefined);
  });

  test('after SIGKILL of process 1 and the runner: the folder, until the next lab starts', async () => {
    const { runner, pid, lab } = await startRunner('control-plane');
    process.kill(pid, 'SIGKILL');
    runner.kill('SIGKILL');
    await once(runner, 'exit');
    await until('only the folder to be left', 20_000, async () => leftOf(lab).length === 1 || undefined);
    expect(leftOf(lab)).toEqual([lab.folder]);
    await rm(await makeFolder('next'), { recursive: true });
    expect(leftOf(lab)).toEqual([]);
  });
});
