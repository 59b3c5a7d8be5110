/** `--manifest FILE` where the files that its flags name cannot be. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { doctor } from '../../src/commands/doctor.ts';
import { flags } from '../../src/commands/flags.ts';
import type { Report, Table } from '../../src/model.ts';

const pki = '/etc/kubernetes/pki';
const layer = {
  'client-ca-file': `${pki}/ca.crt`,
  'tls-cert-file': `${pki}/apiserver.crt`,
  'authorization-mode': 'Node,RBAC',
  'requestheader-client-ca-file': `${pki}/front-proxy-ca.crt`,
  'requestheader-allowed-names': 'front-proxy-client',
  'requestheader-username-headers': 'X-Remote-User',
  'requestheader-group-headers': 'X-Remote-Group',
  'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
  'proxy-client-cert-file': `${pki}/front-proxy-client.crt`,
  'proxy-client-key-file': `${pki}/front-proxy-client.key`,
};
const container = (set: Readonly<Record<string, string>>) => ({
  image: 'registry.k8s.io/kube-apiserver:v1.34.2',
  command: ['kube-apiserver', ...Object.entries({ ...layer, ...set }).map(([name, value]) => `--${name}=${value}`)],
  volumeMounts: [{ name: 'pki', mountPath: pki }],
});
const spec = (volume: object, set: Readonly<Record<string, string>> = {}) => ({
  containers: [container(set)],
  volumes: [{ name: 'pki', ...volume }],
});
const pod = (set?: Readonly<Record<string, string>>) => ({ kind: 'Pod', spec: spec({ hostPath: { path: pki } }, set) });
const deployment = { kind: 'Deployment', metadata: { name: 'api' }, spec: { template: { spec: spec({ secret: { secretName: 'pki' } }) } } };

let root = '';
afterEach(() => rmSync(root, { recursive: true }));
/** The files of a machine; options that read nothing but these. */
function machine(files: Readonly<Record<string, string>>) {
  root = mkdtempSync(join(tmpdir(), 'aggctl-manifest-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, manifest: join(root, 'repo/kube-apiserver.yaml') };
}
const surroundings = { signal: new AbortController().signal, env: {}, now: () => new Date(), sleep: async () => {} };
async function ended<R>(steps: AsyncGenerator<unknown, R>): Promise<R> {
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return value;
  }
}
const judged = async (object: object, more: Readonly<Record<string, string>> = {}): Promise<Report> =>
  ended(doctor(machine({ '/repo/kube-apiserver.yaml': JSON.stringify(object), ...more }), surroundings));
const ids = ({ findings }: Report) => findings.map(({ id }) => id);
const elsewhere = ({ unavailable }: Report) => unavailable.filter(({ message }) => message.includes('not on this machine')).length;

describe('where no kube-apiserver is', () => {
  test.each([
    ['a static pod', pod(), 'another node'],
    ['a Deployment', deployment, 'Deployment api'],
  ])('of %s only the flags are checked, and that is said once', async (_, object, name) => {
    const report = await judged(object);
    expect([ids(report), elsewhere(report), report.summary.exitStatus]).toEqual([[], 1, 0]);
    expect(report.apiservers).toMatchObject([{ name }]);
  });
  test('faults of flags are found', async () => {
    expect(ids(await judged(pod({ 'requestheader-group-headers': 'X-Group' })))).toEqual(['group-headers-missing']);
  });
  test('one CA for both is found by its path', async () => {
    const report = await judged(pod({ 'requestheader-client-ca-file': layer['client-ca-file'], 'requestheader-allowed-names': '' }));
    expect(report.findings).toMatchObject([
      {
        id: 'allowed-names-empty-shared-ca',
        message: expect.stringContaining('Every user with a client certificate can act as any other'),
        since: '1.35',
      },
    ]);
  });
  test('a kubeconfig of a cluster that may be another one is left out, and that is said once', async () => {
    const server = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"gitVersion":"v1.30.0"}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const options = machine({ '/repo/kube-apiserver.yaml': JSON.stringify(pod()) });
    const report = await ended(doctor({ ...options, server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }, surroundings));
    server.close();
    server.closeAllConnections();
    expect([report.cluster, ids(report), report.summary.exitStatus]).toEqual([null, [], 0]);
    expect(report.unavailable.filter(({ message }) => message.includes('only the manifest was checked'))).toHaveLength(1);
  });
  test('the file is edited where it is', async () => {
    const { findings } = await judged(pod({ 'requestheader-group-headers': 'X-Group' }));
    expect(findings[0]?.fix.commands.join('\n')).toMatch(/^vi \/repo\/kube-apiserver\.yaml {4}#/);
  });
  test('flags shows a Deployment', async () => {
    const options = machine({ '/repo/kube-apiserver.yaml': JSON.stringify(deployment) });
    const table: Table = await ended(flags(options, surroundings));
    expect(table.items).toContainEqual(
      expect.objectContaining({ node: 'Deployment api', flag: 'requestheader-allowed-names', value: 'front-proxy-client' }),
    );
  });
});

describe('on a control-plane node the files count', () => {
  test.each([
    ['one of them is there', pod(), { [`${pki}/apiserver.crt`]: '' }],
    ['another manifest is in place', pod(), { '/etc/kubernetes/manifests/kube-apiserver.yaml': JSON.stringify(pod()) }],
  ])('because %s', async (_, object, files) => {
    const report = await judged(object, files);
    expect(ids(report)).toContain('front-proxy-file-absent');
    expect(elsewhere(report)).toBe(0);
  });
  test('but not those of a workload, nor does it replace the manifest in place', async () => {
    const report = await judged(deployment, {
      '/etc/kubernetes/manifests/kube-apiserver.yaml': JSON.stringify(pod({ 'requestheader-allowed-names': 'other' })),
    });
    expect([ids(report), elsewhere(report)]).toEqual([[], 1]);
  });
});
