/**
 * What an extension server presents, seen from a laptop by a real kubelet's port-forward and in its Secret; and that nothing else is asked for.
 *
 * @module-tag more
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Report } from '../../src/model.ts';
import { secretsIn, textsIn } from '../support/secrets.ts';
import type { KubernetesObject } from './api.ts';
import { deploySample, type Sample } from './deploy-sample.ts';
import { aggctl, idsOf, onLaptop } from './doctor.ts';
import { ago } from './faults/fault.ts';
import { useNode } from './fixture.ts';
import { keptAs } from './kept.ts';
import { issue, type Wanted } from './pki.ts';

const lab = useNode();
let sample: Sample;
let records: string;

beforeAll(async () => {
  sample = await deploySample(lab());
  records = await mkdtemp(join(tmpdir(), 'aggctl-presented-'));
});
afterAll(() => rm(records, { recursive: true, force: true }));

async function check(from: readonly string[], ...more: string[]) {
  const asked = [process.execPath, aggctl, 'check-apiservice', sample.apiService, '-o', 'json', ...from, ...more];
  const { stdout, stderr, status } = await lab().run(asked);
  if (!stdout) throw new Error(stderr);
  const report = JSON.parse(stdout) as Report;
  return { report, status, ids: idsOf(report), TLS: report.apiservices?.[0]?.path.find(({ hop }) => hop === 'TLS')?.shows.join('; ') };
}
/** Looks from a laptop; the recording must replay to the same report. */
async function recorded(name: string, ...more: string[]) {
  const file = join(records, `${name}.jsonl`);
  const seen = await check(onLaptop(lab()), '--record', file, '--overwrite', ...more);
  const { report } = await check(['--snapshot', file], ...more);
  expect({ ...report, source: 'live' }).toEqual(seen.report);
  return { ...seen, file };
}
/** The sample server presents this one. */
async function presents(wanted: Wanted): Promise<void> {
  const serving = await issue({ commonName: 'api.wardle.svc', issuer: sample.ca, extendedKeyUsage: ['serverAuth'], ...wanted });
  const { secret, deployment } = sample.objects;
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  await lab().apply({ ...secret, data: { 'tls.crt': base64(serving.cert), 'tls.key': base64(serving.key) } });
  // kubelet takes a minute to write a Secret anew; a new pod has it at once.
  const { name, namespace } = deployment.metadata;
  await lab().kubectl('-n', namespace, 'rollout', 'restart', `deployment/${name}`);
  await lab().kubectl('-n', namespace, 'rollout', 'status', `deployment/${name}`, '--timeout=90s');
  await lab().waitServed(sample.apiService);
}
/** A kubeconfig of a new ServiceAccount that may see what it needs of Kubernetes, and do this beside. */
async function account(name: string, ...besides: KubernetesObject[]): Promise<string> {
  const cp = lab();
  const metadata = { name, namespace: 'default' };
  const rbac = 'rbac.authorization.k8s.io';
  const read = (apiGroups: string[], resources: string[]) => ({ apiGroups, resources, verbs: ['get', 'list'] });
  const rules = [
    read([''], ['namespaces', 'services', 'pods', 'configmaps']),
    read(['apiextensions.k8s.io', 'discovery.k8s.io', 'apiregistration.k8s.io', rbac, 'wardle.example.com'], ['*']),
    { nonResourceURLs: ['*'], verbs: ['get'] },
    ...besides,
  ];
  await cp.apply(
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRoleBinding',
      metadata: { name },
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name },
      subjects: [{ kind: 'ServiceAccount', ...metadata }],
    },
  );
  const token = (await cp.kubectl('create', 'token', name)).trim();
  const config = parse(await readFile(cp.kubeconfig.admin, 'utf8'));
  config.users[0].user = { token };
  const path = join(records, `${name}.conf`);
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}
const as = (kubeconfig: string) => ['--root', lab().path('usr'), '--kubeconfig', kubeconfig];
const notSeen = ({ unavailable }: Report) => unavailable.filter(({ fact }) => fact === 'serving').map(({ why, message }) => [why, message]);

test('healthy: what it presents, by port-forward', async () => {
  const { ids, status, TLS, report } = await recorded('healthy');
  expect({ ids, status, unseen: notSeen(report) }).toEqual({ ids: [], status: 0, unseen: [] });
  expect(TLS).toMatch(/^presents CN=api.wardle.svc, for api.wardle.svc and api.wardle.svc.cluster.local, to /);
});

test('without the rights: said once, and what is lacking', async () => {
  const none = await check(as(await account('reader')));
  expect({ ids: none.ids, status: none.status }, JSON.stringify(none.report.unavailable)).toEqual({ ids: [], status: 0 });
  const what = 'the serving certificate of wardle/api: you are not allowed to';
  expect(notSeen(none.report)).toEqual([['excluded', `${what} get and create pods/portforward in namespace wardle`]]);
  // As roles were written before 1.35.
  const half = { apiGroups: [''], resources: ['pods/portforward'], verbs: ['create'] };
  const some = await check(as(await account('half', half)));
  expect(notSeen(some.report)).toEqual([['excluded', `${what} get pods/portforward in namespace wardle`]]);
  const events = await lab().auditEvents(({ user, objectRef }) => /:(?:reader|half)$/.test(user?.username) && objectRef?.subresource);
  expect(events).toEqual([]);
});

test('from the Secret, where that alone is allowed: its certificate, and never its key', async () => {
  const kubeconfig = await account('secrets', { apiGroups: [''], resources: ['secrets'], verbs: ['get'] });
  const file = join(records, 'secret.jsonl');
  const { TLS, ids } = await check(as(kubeconfig), '--read-secrets', '--record', file, '--overwrite');
  expect({ TLS, ids }).toEqual({ TLS: expect.stringContaining('CN=api.wardle.svc'), ids: [] });
  expect((await check(['--snapshot', file], '--read-secrets')).TLS).toBe(TLS);
  const text = await readFile(file, 'utf8');
  expect(secretsIn(Buffer.from(textsIn(text)))).toEqual([]);
  const key = Buffer.from(sample.serving.key).toString('base64');
  expect(text).not.toContain(key.slice(40, 120));
});

test('a certificate that expires soon, which nothing else shows', async () => {
  await presents({ subjectAltNames: ['DNS:api.wardle.svc'], notBefore: ago(90), notAfter: ago(-5) });
  const { ids, status, file } = await recorded('serving-certificate-expires-soon');
  expect({ ids, status }).toEqual({ ids: ['serving-certificate-expires-soon'], status: 0 });
  await keptAs('test/snapshots/serving-certificate-expires-soon.jsonl', file);
  const doctor = async (...more: string[]) => {
    const { stdout } = await lab().run([process.execPath, aggctl, 'doctor', '-o', 'json', ...onLaptop(lab()), ...more]);
    return idsOf(JSON.parse(stdout) as Report);
  };
  expect([await doctor(), await doctor('--port-forward')]).toEqual([[], ['serving-certificate-expires-soon']]);
});

test('what insecureSkipTLSVerify hides', async () => {
  const { caBundle: _, ...spec } = sample.objects.apiService.spec;
  await lab().kubectl('delete', 'apiservice', sample.apiService);
  await lab().apply({ ...sample.objects.apiService, spec: { ...spec, insecureSkipTLSVerify: true } });
  await presents({ subjectAltNames: ['DNS:localhost'] });
  const { ids, status, file } = await recorded('insecure-skip-hides-faults');
  expect({ ids, status }).toEqual({ ids: ['insecure-skip-hides-faults'], status: 0 });
  await keptAs('test/snapshots/insecure-skip-hides-faults.jsonl', file);
});

test('it has written nothing, and opened nothing but tunnels to pods', async () => {
  const events = await lab().auditEvents(({ userAgent }) => userAgent === 'aggctl');
  const reviews = ['selfsubjectreviews', 'selfsubjectaccessreviews'];
  const isTunnel = ({ verb, objectRef }: KubernetesObject) =>
    objectRef?.resource === 'pods' && objectRef.subresource === 'portforward' && ['get', 'create'].includes(verb);
  expect(events.filter(isTunnel).length).toBeGreaterThan(0);
  expect(
    events.filter(
      (event) => !['get', 'list', 'watch'].includes(event.verb) && !reviews.includes(event.objectRef?.resource) && !isTunnel(event),
    ),
  ).toEqual([]);
});
