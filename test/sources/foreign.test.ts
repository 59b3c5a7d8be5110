/** What other tools collected, made of recordings: the findings are those of the recording, as far as the tool collects what they rest on. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';
import { afterAll, describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { gather } from '../../src/facts/gather.ts';
import type { AnyQuestion, ApiPath, Ask, Observed } from '../../src/model.ts';
import { run } from '../../src/run/index.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { type Files, layOut, restricted, type Tool, worldOf } from '../support/layouts.ts';
import { checkout, opened, scenarioOf } from '../support/scenarios.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
function written(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'aggctl-foreign-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function found(ask: Ask) {
  const { gathered } = await gather([ask], { userOptions: {} });
  const { findings, unavailable, passed, crashed, apiservers } = run(checks, gathered, { aggctl: '0', source: 'x' });
  return { findings, passed: passed.map(({ id, subject }) => `${id} ${subject.name}`), crashed, apiservers, unavailable };
}
const tools = Object.keys(layOut) as Tool[];
/** One for each kind of question that a tree may answer: lists with and without selectors, tables, logs, what is absent. */
const names = [
  'healthy',
  'allowed-names-exclude-cn',
  'apiservice-stale',
  'authentication-delegator-missing',
  'authentication-reader-missing',
  'autoscalers-without-metrics',
  'cabundle-expired',
  'configmap-missing',
  'crd-version-shadowed',
  'extension-server-crashes-etcd-exits',
  'extension-server-image-unavailable',
  'extension-server-not-admitted-quota',
  'extension-server-not-ready',
  'extension-server-scaled-to-zero',
  'extension-server-unschedulable-cpu',
  'logged-front-proxy-client-expired',
  'namespaces-stuck',
  'service-missing',
  'service-port-missing',
  'service-selects-no-pods',
  'service-target-port-wrong',
];
describe.each(names)('%s', (name) => {
  test.each(tools)('as %s', async (tool) => {
    const file = scenarioOf(name).snapshots[0] as string;
    const world = await worldOf(join(checkout, file));
    const read = await snapshot(written(layOut[tool](world)));
    if (!read.ok) {
      expect(read.message).toMatch(/ is not a snapshot: (?:this .* holds no object|it holds nothing that)/);
      expect((await found(restricted(await opened(file), tool, world.captured))).findings).toEqual([]);
      return;
    }
    const clock = await read.value.ask({ kind: 'clock' });
    const there = await found(read.value.ask);
    const here = await found(restricted(await opened(file), tool, clock.ok ? clock.value.time : ''));
    expect(there.crashed).toEqual([]);
    expect(there).toEqual(here);
  });
});

test('what is laid out is found: these faults are seen without the cluster', async () => {
  const seen = async (name: string, tool: Tool) => {
    const world = await worldOf(join(checkout, scenarioOf(name).snapshots[0] as string));
    const read = await snapshot(written(layOut[tool](world)));
    if (!read.ok) throw new Error(read.message);
    return (await found(read.value.ask)).findings.map(({ id }) => id);
  };
  expect(await seen('logged-front-proxy-client-expired', 'must-gather')).toEqual(['front-proxy-client-expired']);
  expect(await seen('service-missing', 'must-gather')).toContain('service-missing');
  // kubectl's files prove nothing about what is not in them.
  expect(await seen('service-missing', 'kubectl output')).not.toContain('service-missing');
  expect(await seen('extension-server-crashes-etcd-exits', 'must-gather')).toContain('extension-server-crashes');
  expect(await seen('extension-server-crashes-etcd-exits', 'kubectl output')).toContain('extension-server-crashes');
});

const get = (path: string, more: object = {}): AnyQuestion => ({ kind: 'api', method: 'GET', path: path as ApiPath, ...more });
const missing = { ok: false, why: 'excluded', message: 'not in this snapshot' };
const meta = (name: string, namespace?: string, more: object = {}) => ({
  name,
  ...(namespace && { namespace }),
  creationTimestamp: '2026-11-20T00:00:00Z',
  ...more,
});
const service = (name: string, namespace: string) => ({ apiVersion: 'v1', kind: 'Service', metadata: meta(name, namespace) });
const pod = (name: string, namespace: string, labels: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: meta(name, namespace, { labels }),
});
const list = (kind: string, items: readonly object[], metadata: object = {}) => JSON.stringify({ apiVersion: 'v1', kind, metadata, items });
async function open(files: Files) {
  const read = await snapshot(written(files));
  if (!read.ok) throw new Error(read.message);
  const ask = (question: AnyQuestion) => read.value.ask(question as never) as Promise<Observed<unknown>>;
  const namesOf = async (path: string) => {
    const answer = (await ask(get(path))) as Observed<{ text: string }>;
    return answer.ok ? JSON.parse(answer.value.text).items.map(({ metadata }: { metadata: { name: string } }) => metadata.name) : answer;
  };
  return { ...read.value, ask, namesOf };
}

describe('absence', () => {
  const bundle = (services: string): Files => ({
    'b/cluster-resources/services/a.json': services,
    'b/cluster-resources/nodes.json': list('NodeList', []),
  });

  test('a whole list proves that an object does not exist, and nothing else does', async () => {
    const { ask, namesOf } = await open(bundle(list('ServiceList', [service('one', 'a')])));
    expect(await ask(get('/api/v1/namespaces/a/services/one'))).toMatchObject({ ok: true, value: { status: 200 } });
    expect(await ask(get('/api/v1/namespaces/a/services/two'))).toMatchObject({ ok: true, value: { status: 404 } });
    expect(await ask(get('/api/v1/namespaces/b/services/one'))).toEqual(missing);
    expect(await ask(get('/api/v1/namespaces/a/pods'))).toEqual(missing);
    expect(await namesOf('/api/v1/namespaces/a/services')).toEqual(['one']);
    expect(await ask(get('/api/v1/services?fieldSelector=metadata.name%3Dtwo'))).toEqual(missing);
  });

  test.each([
    ['a page of a list', list('ServiceList', [service('one', 'a')], { continue: 'more' })],
    ['an array', JSON.stringify([service('one', 'a')])],
    ['one object', JSON.stringify(service('one', 'a'))],
    ['a list with an item of another kind', list('List', [service('one', 'a'), { kind: 'Widget' }])],
  ])('%s proves nothing', async (_, text) => {
    const { ask } = await open(bundle(text));
    expect(await ask(get('/api/v1/namespaces/a/services/one'))).toMatchObject({ ok: true, value: { status: 200 } });
    expect(await ask(get('/api/v1/namespaces/a/services/two'))).toEqual(missing);
    expect(await ask(get('/api/v1/namespaces/a/services'))).toEqual(missing);
  });

  test('a list of the cluster is whole where each of its namespaces is', async () => {
    const namespace = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: meta(name) });
    const files = {
      ...bundle(list('ServiceList', [service('one', 'a')])),
      'b/cluster-resources/namespaces.json': list('NamespaceList', [namespace('a')]),
    };
    expect(await (await open(files)).namesOf('/api/v1/services?limit=500')).toEqual(['one']);
    const two = { ...files, 'b/cluster-resources/namespaces.json': list('NamespaceList', [namespace('a'), namespace('b')]) };
    expect(await (await open(two)).namesOf('/api/v1/services?limit=500')).toEqual(missing);
  });

  test('selectors choose; where a list may be in part, only what they find is an answer', async () => {
    const { namesOf } = await open({ 'pods.yaml': list('List', [pod('x', 'a', { app: 'x', tier: 't' }), pod('y', 'a', { app: 'y' })]) });
    expect(await namesOf('/api/v1/namespaces/a/pods?labelSelector=app%3Dx%2Ctier%3Dt&limit=500')).toEqual(['x']);
    expect(await namesOf('/api/v1/namespaces/a/pods?labelSelector=app%3Dz')).toEqual(missing);
    expect(await namesOf('/api/v1/namespaces/a/pods?labelSelector=app+in+%28x%29')).toEqual(missing);
    expect(await namesOf('/api/v1/pods?fieldSelector=metadata.name%3Dy')).toEqual(['y']);
    expect(await namesOf('/api/v1/namespaces/a/pods')).toEqual(missing);
  });

  test('nobody else is asked: no file, no handshake, no other server, no second look', async () => {
    const { ask } = await open({ 'pods.yaml': list('List', [pod('x', 'a', {})]) });
    const path = '/api/v1/namespaces/a/pods/x';
    expect(await ask(get(path))).toMatchObject({ ok: true });
    for (const question of [get(path, { nth: 1 }), get(path, { server: '10.0.0.1:6443' }), { kind: 'file', path: '/etc/hostname' }])
      expect(await ask(question as AnyQuestion)).toEqual(missing);
  });
});

describe('when', () => {
  const apis = 'mg/cluster-scoped-resources/core/nodes/n.yaml';
  const node = `apiVersion: v1\nkind: Node\nmetadata: {name: n, creationTimestamp: "2026-01-01T00:00:00Z"}\nstatus:\n  conditions:\n  - lastHeartbeatTime: "2026-02-01T00:00:00Z"\n`;
  test.each<[string, Files, string, 'recorded' | 'newest']>([
    [
      'the tool wrote it down',
      { [apis]: node, 'mg/timestamp': '2026-03-01 12:00:00.5 +0200 UTC m=+0.1\n2026-03-01 12:30:00 +0200 CEST m=+9\n' },
      '2026-03-01T10:30:00.000Z',
      'recorded',
    ],
    ['the newest time of an object', { [apis]: node }, '2026-02-01T00:00:00.000Z', 'newest'],
    ['in other quotes', { [apis]: node.replaceAll('"', "'") }, '2026-02-01T00:00:00.000Z', 'newest'],
    ['a timestamp that is none', { [apis]: node, 'mg/timestamp': 'noon\n' }, '2026-02-01T00:00:00.000Z', 'newest'],
    ['what will happen has not', { 'c.yaml': `${node}  notAfter: "2030-01-01T00:00:00Z"\n` }, '2026-02-01T00:00:00.000Z', 'newest'],
  ])('%s', async (_, files, time, dated) => {
    const { ask, collected } = await open(files);
    expect(await ask({ kind: 'clock' })).toEqual({ ok: true, value: { time } });
    expect(collected?.dated).toBe(dated);
  });
});

test('what holds only some APIServices says so, and a list with those of kube-apiserver is whole', async () => {
  const one = (name: string) => ({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIService', metadata: meta(name) });
  const part = await open({ 'a.yaml': list('List', [one('v1beta1.metrics.k8s.io')]) });
  expect(part.incomplete).toMatch(/nothing shows that it holds every APIService/);
  expect(await part.namesOf('/apis/apiregistration.k8s.io/v1/apiservices?limit=500')).toEqual(['v1beta1.metrics.k8s.io']);
  expect((await open({ 'a.yaml': list('List', [one('v1.'), one('v1beta1.metrics.k8s.io')]) })).incomplete).toBeNull();
  expect((await open({ 'a.yaml': list('List', [pod('x', 'a', {})]) })).incomplete).toMatch(/it holds no APIService/);
});

describe('broken and hostile', () => {
  const good = list('List', [pod('x', 'a', {})]);
  const refused = async (path: string) => {
    const read = await snapshot(path);
    return read.ok ? 'read' : read.message;
  };

  test.each<[string, Files, RegExp]>([
    ['an empty directory', {}, /it holds nothing that/],
    ['nothing of Kubernetes', { 'a.json': '{"a":1}', 'b.yaml': '- 1' }, /it holds nothing that/],
    [
      'a manifest that nobody applied',
      { 'a.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: a, namespace: b}\n' },
      /it holds nothing that/,
    ],
    ['no YAML', { 'a.yaml': '\tno: [' }, /`a.yaml` in the snapshot cannot be read: it is neither JSON nor YAML/],
    [
      'aliases without end',
      {
        'a.yaml': [
          'a: &a [x,x,x,x,x,x,x,x,x,x]',
          ...[...'bcdefghij'].map((to, index) => `${to}: &${to} [${'*'.concat('abcdefghi'[index] ?? '', ',').repeat(10)}]`),
        ].join('\n'),
      },
      /more than a million values/,
    ],
    ['brackets without end', { 'a.yaml': '['.repeat(100_000) }, /cannot be read/],
    [
      'a must-gather of nothing',
      { 'mg/namespaces/a/core/pods.yaml': '{"kind":"List","items":[]}', 'mg/timestamp': '' },
      /holds no object that aggctl reads/,
    ],
    [
      'the output of two clusters',
      {
        'a.json':
          '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-system","uid":"1","creationTimestamp":"2026-11-01T00:00:00Z"}}',
        'b.json':
          '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-system","uid":"2","creationTimestamp":"2026-11-02T00:00:00Z"}}',
      },
      /of several clusters, or at several times: `kube-system` of v1\/namespaces has two UIDs; name the output of one run/,
    ],
    ['a file that is too large', { 'a.json': `${good}${' '.repeat(33 * 1024 * 1024)}` }, /larger than 32 MiB/],
  ])('%s', async (_, files, message) => expect(await refused(written(files))).toMatch(message));

  test('one broken file of many costs that file, and is named', async () => {
    const { ask, incomplete } = await open({ 'a.yaml': good, 'b.yaml': '\tno: [' });
    expect(await ask(get('/api/v1/namespaces/a/pods/x'))).toMatchObject({ ok: true });
    expect(await ask(get('/api/v1/namespaces/a/pods/y'))).toMatchObject({
      ok: false,
      why: 'malformed',
      message: expect.stringContaining('b.yaml'),
    });
    expect(incomplete).toMatch(/`b.yaml` in the snapshot cannot be read/);
  });

  test('a symbolic link that leads out is not followed', async () => {
    const outside = written({ 'a.yaml': good });
    const folder = written({ 'b.yaml': list('List', [service('s', 'a')]) });
    symlinkSync(join(outside, 'a.yaml'), join(folder, 'a.yaml'));
    symlinkSync(outside, join(folder, 'c'));
    const read = await snapshot(folder);
    expect(await (read.ok && read.value.ask(get('/api/v1/namespaces/a/pods/x') as never))).toEqual(missing);
  });

  test('what is secret is not told', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: meta('s', 'a'), data: { password: 'aHVudGVyMg==', 'tls.crt': 'QQ==' } };
    const withEnv = { ...pod('x', 'a', {}), spec: { containers: [{ name: 'c', env: [{ name: 'PASSWORD', value: 'hunter2' }] }] } };
    const { ask } = await open({ 'a.json': list('List', [secret, withEnv]) });
    for (const path of ['/api/v1/namespaces/a/secrets/s', '/api/v1/namespaces/a/pods/x']) {
      const answer = await ask(get(path));
      expect(answer).toMatchObject({ ok: true });
      expect(JSON.stringify(answer)).not.toMatch(/hunter2|aHVudGVyMg/);
      expect(JSON.stringify(answer)).toContain('REDACTED');
    }
  });

  test('a file whatever its name, and several documents in one', async () => {
    const folder = written({ output: `${good}\n---\n${JSON.stringify(service('s', 'a'))}\n---\n` });
    const read = await snapshot(join(folder, 'output'));
    expect(read).toMatchObject({ ok: true, value: { collected: { by: 'kubectl output' } } });
    for (const path of ['pods/x', 'services/s'])
      expect(await (read.ok && read.value.ask(get(`/api/v1/namespaces/a/${path}`) as never))).toMatchObject({ value: { status: 200 } });
  });
});

describe('archives', () => {
  const files = { 'd/a.yaml': list('List', [pod('x', 'a', {})]), 'd/notes.txt': 'x'.repeat(100_000) };
  async function packed(name: string, make: (folder: string) => readonly string[], options: object = {}): Promise<string> {
    const folder = written(files);
    const file = join(folder, name);
    await create({ file, cwd: folder, gzip: /gz$/.test(name), ...options }, [...make(folder)]);
    return file;
  }

  test.each(['b.tar', 'b.tar.gz', 'b.tgz'])('%s is read without being unpacked', async (name) => {
    const file = await packed(name, () => ['d']);
    const read = await snapshot(file);
    expect(read).toMatchObject({ ok: true, value: { collected: { by: 'kubectl output' } } });
    expect(await (read.ok && read.value.ask(get('/api/v1/namespaces/a/pods/x') as never))).toMatchObject({ value: { status: 200 } });
    expect(readdirSync(dirname(file)).sort()).toEqual([name, 'd']);
  });

  test('entries that lead out, and links, are not there', async () => {
    const file = await packed(
      'b.tar',
      (folder) => {
        symlinkSync('/etc/passwd', join(folder, 'd', 'link.yaml'));
        return ['d/link.yaml', 'd/a.yaml'];
      },
      { prefix: 'x/../..', preservePaths: true },
    );
    expect(await snapshot(file)).toMatchObject({ ok: false, message: expect.stringContaining('it holds nothing that') });
  });

  test('one that ends early is read as far as it goes, and says so', async () => {
    const file = await packed('b.tar.gz', () => ['d/a.yaml', 'd/notes.txt']);
    const noisy = join(dirname(file), 'd', 'notes.txt');
    writeFileSync(noisy, randomBytes(300_000));
    await create({ file, cwd: dirname(file), gzip: true }, ['d/a.yaml', 'd/notes.txt']);
    writeFileSync(file, readFileSync(file).subarray(0, 100_000));
    const read = await snapshot(file);
    expect(read).toMatchObject({ ok: true, value: { incomplete: 'the archive is truncated' } });
    expect(await (read.ok && read.value.ask(get('/api/v1/namespaces/a/pods/x') as never))).toMatchObject({ value: { status: 200 } });
  });

  test.each<[string, Buffer, RegExp]>([
    ['no archive', Buffer.from('hello\n'.repeat(1000)), /truncated or is not a tar archive|cannot be decompressed/],
    ['gzip of something else', gzipSync('hello\n'.repeat(1000)), /truncated or is not a tar archive/],
    ['compressed twice', gzipSync(gzipSync('hello')), /compressed in another way/],
    ['nothing', Buffer.alloc(0), /truncated/],
  ])('%s is refused in a sentence', async (_, bytes, message) => {
    const file = join(written({}), 'b.tar.gz');
    writeFileSync(file, bytes);
    expect(await snapshot(file)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });
});

test('the log of a pod: its end, its container, without the times that nobody asked for', async () => {
  const world = 'mg/namespaces/a/pods/p';
  const log = (text: string) => text.replace(/^(?=.)/gm, '2026-11-20T00:00:00.1Z ');
  const { ask } = await open({
    'mg/timestamp': '2026-11-21 00:00:00 +0000 UTC',
    [`${world}/one/one/logs/current.log`]: log('a\nb\nc\n'),
    [`${world}/one/one/logs/previous.log`]: log('before\n'),
    [`${world}/two/two/logs/current.log`]: log('z\n'.repeat(100_000)),
  });
  const of = async (query: string) =>
    ((await ask(get(`/api/v1/namespaces/a/pods/p/log${query}`))) as { value?: { text: string; status: number } }).value;
  expect((await of('?container=one&tailLines=2'))?.text).toBe('b\nc\n');
  expect((await of('?container=one&tailLines=1&timestamps=true'))?.text).toBe('2026-11-20T00:00:00.1Z c\n');
  expect((await of('?container=one&previous=true'))?.text).toBe('before\n');
  expect((await of('?container=two'))?.text.length).toBeLessThan(64 * 1024);
  expect(await of('?tailLines=2')).toMatchObject({ status: 400, text: expect.stringContaining('choose one of: [one two]') });
  expect(await ask(get('/api/v1/namespaces/a/pods/q/log'))).toEqual(missing);
});
