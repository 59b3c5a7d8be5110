import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { aggctl, onLaptop, onNode, recordingHint } from './doctor.ts';
import { ago } from './faults/fault.ts';
import { useControlPlane } from './fixture.ts';
import { keptAs } from './kept.ts';
import { issue } from './pki.ts';
import { startExtensionServer, startSampleApiserver } from './servers.ts';

interface Item {
  readonly name: string;
  readonly role: string;
  readonly expires: string;
  readonly state: string;
  readonly ignored: string | null;
  readonly places: readonly string[];
}

describe('aggctl certs', () => {
  const control = useControlPlane();
  beforeAll(async () => {
    await startSampleApiserver(control());
    await mkdir(control().path('usr'), { recursive: true });
  });

  const certs = async (...options: string[]) => {
    const { stdout, stderr, status } = await control().run([process.execPath, aggctl, 'certs', '-o', 'json', ...options]);
    if (!stdout) throw new Error(stderr);
    return { items: (JSON.parse(stdout) as { items: readonly Item[] }).items, stderr, status };
  };

  test('on the node it sees every one, as kubeadm does, and the extension server besides', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'aggctl-certs-'));
    const { items, stderr, status } = await certs(...onNode(control()), '--record', join(folder, 'record.jsonl'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: recordingHint });
    const names = ['front-proxy client', 'kube-apiserver serving', 'front-proxy CA', 'client CA', 'wardle/api serving', 'caBundle'];
    expect(items.map(({ name }) => name).sort()).toEqual(names.sort());
    const { stdout } = await control().run([
      control().assets.kubeadm,
      'certs',
      'check-expiration',
      '-o',
      'json',
      '--cert-dir',
      control().path('etc/kubernetes/pki'),
      '--kubeconfig',
      control().kubeconfig.superAdmin,
    ]);
    const kubeadm = JSON.parse(stdout) as Record<'certificates' | 'certificateAuthorities', { name: string; expirationDate: string }[]>;
    const expiry = (name: string) =>
      [...kubeadm.certificates, ...kubeadm.certificateAuthorities].find((one) => one.name === name)?.expirationDate;
    const ours = (name: string) => items.find((one) => one.name === name)?.expires.replace('.000Z', 'Z');
    for (const [name, theirs] of [
      ['front-proxy client', 'front-proxy-client'],
      ['kube-apiserver serving', 'apiserver'],
      ['front-proxy CA', 'front-proxy-ca'],
      ['client CA', 'ca'],
    ] as const)
      expect(ours(name)).toBe(expiry(theirs));
    const replayed = await certs('--snapshot', join(folder, 'record.jsonl'));
    expect(replayed).toEqual({ items, stderr: '', status });
    await keptAs('test/snapshots/certs.jsonl', join(folder, 'record.jsonl'));
    await rm(folder, { recursive: true });
  });

  test('from a laptop no ClusterIP is dialled, which is said once', async () => {
    const { items, stderr, status } = await certs(...onLaptop(control()));
    expect(status).toBe(0);
    expect(stderr.match(/only a node reaches their ClusterIPs/g)).toHaveLength(1);
    expect(items.map(({ name }) => name).sort()).toEqual(['caBundle', 'client CA', 'front-proxy CA', 'kube-apiserver serving']);
  });

  test('an expired serving certificate counts, and one that nobody verifies does not', async () => {
    const server = await startExtensionServer(control(), { group: 'inventory.example.com' });
    const expired = { commonName: 'api.inventory.svc', extendedKeyUsage: ['serverAuth'], subjectAltNames: ['DNS:api.inventory.svc'] };
    await server.behave({ serving: await issue({ ...expired, issuer: server.ca, notBefore: ago(9), notAfter: ago(2) }) });
    const found = await certs(...onNode(control()));
    expect(found.status).toBe(1);
    expect(found.items.find(({ name }) => name === 'inventory/api serving')).toMatchObject({ state: 'expired', ignored: null });
    const unverified = structuredClone(server.objects.apiService);
    delete unverified.spec.caBundle;
    unverified.spec.insecureSkipTLSVerify = true;
    await control().apply(unverified);
    const ignored = await certs(...onNode(control()));
    expect(ignored.status).toBe(0);
    expect(ignored.items.find(({ name }) => name === 'inventory/api serving')?.ignored).toContain('does not verify');
    await server.stop();
    const silent = await certs(...onNode(control()));
    expect(silent.status).toBe(3);
    expect(silent.stderr).toMatch(/not checked: the serving certificate of Service inventory\/api: .*refuse/);
  });

  test('each ready address is dialled: the certificate of one replica may be older', async () => {
    const expired = { commonName: 'api.stock.svc', extendedKeyUsage: ['serverAuth'], subjectAltNames: ['DNS:api.stock.svc'] };
    const first = await startExtensionServer(control(), { group: 'stock.example.com', port: 9446 });
    const serving = await issue({ ...expired, issuer: first.ca, notBefore: ago(9), notAfter: ago(2) });
    const second = await startExtensionServer(control(), { group: 'old.example.com', port: 9447, behaviour: { serving } });
    await control().kubectl('delete', 'apiservice', second.apiService);
    const { endpointSlice = {} } = first.objects;
    const ports = [{ ...endpointSlice.ports[0], port: 9447 }];
    await control().apply({ ...endpointSlice, metadata: { ...endpointSlice.metadata, name: 'api-old' }, ports });
    const { items } = await certs(...onNode(control()));
    const shown = items.filter(({ name }) => name === 'stock/api serving');
    expect(shown.map(({ state }) => state).sort()).toEqual(['expired', 'valid']);
    expect(shown.find(({ state }) => state === 'expired')?.places).toContainEqual(expect.stringMatching(/^TLS handshake with .*:9447$/));
    await Promise.all([first.stop(), second.stop()]);
  });
});
