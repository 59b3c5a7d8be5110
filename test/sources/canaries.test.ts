/** No secret passes the sources, in whatever form it is written. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parseAllDocuments, stringify } from 'yaml';
import { keeper } from '../../src/facts/kept/index.ts';
import type { AnyQuestion, ApiPath } from '../../src/model.ts';
import { live } from '../../src/sources/live.ts';
import { keyOf } from '../../src/sources/question.ts';
import { record } from '../../src/sources/record.ts';
import { redactApi, redactFile } from '../../src/sources/redact.ts';
import { snapshot } from '../../src/sources/snapshot.ts';
import { api, closeAll, connected, folder, kubeconfig, trusting } from '../cluster/servers.ts';
import { textsIn } from '../support/secrets.ts';
import { configurations, der, ec, ed25519, encrypted, logs, pem, planted, pod, rsa, sing, word } from './canaries.ts';

const before = planted.length;
const thePod = pod();
const others = configurations();
const log = logs();
const list = { apiVersion: 'v1', kind: 'PodList', items: [thePod] };
const mixed = { apiVersion: 'v1', kind: 'List', items: [thePod, ...others] };
const configMap = { apiVersion: 'v1', kind: 'ConfigMap', data: { 'pod.yaml': stringify(thePod), 'pod.json': JSON.stringify(thePod), log } };
/** Those of this file. */
const own = planted.slice(before);
const { apiVersion: _, kind: __, ...bare } = others[0] as Record<string, unknown>;

const yamls: Record<string, string> = {
  block: stringify(thePod),
  'several documents': [thePod, ...others].map((one) => stringify(one)).join('---\n'),
  flow: stringify(thePod, { collectionStyle: 'flow' }),
  'double quotes': stringify(thePod, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }),
  'single quotes': stringify(thePod, { defaultStringType: 'QUOTE_SINGLE', defaultKeyType: 'PLAIN' }),
  folded: stringify(mixed, { defaultStringType: 'BLOCK_FOLDED', defaultKeyType: 'PLAIN', lineWidth: 30 }),
  literal: stringify(mixed, { defaultStringType: 'BLOCK_LITERAL', defaultKeyType: 'PLAIN' }),
  narrow: stringify(mixed, { lineWidth: 30 }),
  'JSON in a .yaml file': JSON.stringify(mixed, null, 2),
  'Windows line ends': stringify(thePod).replaceAll('\n', '\r\n'),
  anchors: `x: &env\n- name: A\n  value: ${stringify((thePod as never as { spec: { containers: { env: { value: string }[] }[] } }).spec.containers[0]?.env[0]?.value)}spec:\n  containers:\n  - name: a\n    env: *env\n`,
  ConfigMap: stringify(configMap),
};
const jsons: Record<string, string> = {
  Pod: JSON.stringify(thePod),
  PodList: JSON.stringify(list),
  List: JSON.stringify(mixed),
  indented: JSON.stringify(mixed, null, 2),
  ConfigMap: JSON.stringify(configMap),
  'watch event': JSON.stringify({ type: 'ADDED', object: thePod }),
  Table: JSON.stringify({ kind: 'Table', rows: [{ cells: [log], object: thePod }] }),
};
const secretList = JSON.stringify({ kind: 'SecretList', items: [bare] });
/** What nobody can know for a secret when the text ends behind it: the middle of a key. */
const unknowable = ['log PEM without its beginning'];
const lines = (text: string): number => text.split('\n').length;

test('the search finds every canary that was planted, so that its silence means something', () => {
  const all = [stringify(mixed), stringify(configMap), log].join('\n');
  expect(sing(Buffer.from(all)).sort()).toEqual(own.map(({ name }) => name).sort());
  for (const text of [...Object.values(yamls), ...Object.values(jsons), secretList])
    expect(sing(Buffer.from(text)).length).toBeGreaterThan(0);
});

describe('a file', () => {
  test.each(Object.entries(yamls))('%s', (_, text) => {
    const clean = redactFile('/etc/kubernetes/manifests/a.yaml', text);
    expect(sing(Buffer.from(clean))).toEqual([]);
    expect(lines(clean)).toBe(lines(text));
    expect(redactFile('/etc/kubernetes/manifests/a.yaml', clean)).toBe(clean);
    const [before, after] = [text, clean].map((one) => parseAllDocuments(one).map((document) => document.toJS() as unknown));
    expect(shape(after)).toEqual(shape(before));
    if (text.includes('kind: Pod') && !text.includes('kind: ConfigMap')) {
      for (const kept of [
        '6443',
        '/etc/kubernetes/pki/front-proxy-client.crt',
        '10.0.0.5:6443',
        'http://REDACTED@proxy.example:3128',
        '10.0.0.0/8,.svc',
      ])
        expect(JSON.stringify(after)).toContain(kept);
      for (const kept of ['secret-key', 'kept-name', 'SOME_NAME', 'Grüße, 日本語, 🦔', '10.0.0.5:2379'])
        expect(JSON.stringify(after)).toContain(kept);
    }
  });

  test.each(Object.entries(yamls))('%s, that cannot be read to its end', (_, text) => {
    const broken = `${text}\n}: [ "\n\t- : x`;
    const clean = redactFile('/etc/kubernetes/manifests/a.yaml', broken);
    expect(sing(Buffer.from(clean))).toEqual([]);
    expect(lines(clean)).toBe(lines(broken));
    expect(redactFile('/a.yaml', clean)).toBe(clean);
  });

  test.each(Object.keys(yamls).filter((form) => form !== 'anchors'))('%s, cut anywhere', (form) => {
    const text = yamls[form] ?? '';
    for (let i = 1; i < 30; i++) {
      const cut = text.slice(0, Math.floor((text.length * i) / 30));
      const clean = redactFile('/a.yaml', cut);
      expect(
        sing(Buffer.from(clean)).filter((name) => !unknowable.includes(name)),
        `cut at ${cut.length}: ${cut.slice(-60)}`,
      ).toEqual([]);
      expect(lines(clean)).toBe(lines(cut));
    }
  });
});

describe('an answer of the API', () => {
  test.each(Object.entries(jsons))('%s', (_, text) => {
    const clean = redactApi('/api/v1/pods', text);
    expect(sing(Buffer.from(clean))).toEqual([]);
    expect(shape(JSON.parse(clean))).toEqual(shape(JSON.parse(text)));
    expect(redactApi('/api/v1/pods', clean)).toBe(clean);
    expect(sing(Buffer.from(redactApi('/api/v1/pods', `${text}}`)))).toEqual([]);
  });

  test('a list of Secrets, whose items do not say their kind', () => {
    const clean = redactApi('/api/v1/namespaces/x/secrets?limit=500', secretList);
    expect(sing(Buffer.from(clean))).toEqual([]);
    expect(JSON.parse(clean).items[0].data['ca.crt']).toBe(Buffer.from('kept').toString('base64'));
    expect(sing(Buffer.from(redactApi('/api/v1/namespaces/x/secrets/a', JSON.stringify(bare))))).toEqual([]);
  });

  test('a log', () => {
    const clean = redactApi('/api/v1/namespaces/x/pods/y/log?tailLines=100', log);
    expect(sing(Buffer.from(clean))).toEqual([]);
    expect(lines(clean)).toBe(lines(log));
    expect(redactApi('/api/v1/namespaces/x/pods/y/log', clean)).toBe(clean);
    for (const kept of [
      'x509: certificate has expired, invalid bearer token',
      'server=https://10.0.0.5:6443',
      '@proxy:3128: i/o timeout',
      'the last line',
    ])
      expect(clean).toContain(kept);
  });
});

/** Keys and the number of items; redaction takes values only. */
function shape(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shape);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
  return '';
}

afterEach(closeAll);

test('no byte of a recording of a node and an API gives a secret away', async () => {
  const root = await folder();
  const userToken = word('token of the user');
  const files: Record<string, string | Buffer> = {
    ...Object.fromEntries(Object.entries(yamls).map(([form, text]) => [`/etc/kubernetes/manifests/${form}.yaml`, text])),
    '/etc/kubernetes/manifests/broken.yaml': `${yamls.block}\n}: [`,
    '/etc/kubernetes/admin.conf': yamls['several documents'] ?? '',
    '/etc/rancher/k3s/config.yaml': stringify(others[2]),
    '/var/lib/rancher/k3s/server/token': word('k3s token file', (one) => `K10${one}::server:${one}\n`),
    '/etc/kubernetes/tokens.csv': `${word('token-auth-file')},jane,1\n`,
    '/etc/systemd/system/k3s.env': `K3S_TOKEN=${word('EnvironmentFile')}\nHTTPS_PROXY=http://u:${word('proxy in an EnvironmentFile')}@p:1\n`,
    '/var/log/kube-apiserver.log': log,
    '/pki/pkcs1.key': pem(rsa('file PKCS#1'), 'pkcs1'),
    '/pki/pkcs8.key': pem(ed25519('file PKCS#8'), 'pkcs8'),
    '/pki/sec1.key': pem(ec('file SEC1'), 'sec1'),
    '/pki/encrypted.key': encrypted('file encrypted', 'pkcs8'),
    '/pki/der1.key': der(rsa('file DER PKCS#1'), 'pkcs1'),
    '/pki/der8.key': der(ec('file DER PKCS#8'), 'pkcs8'),
    '/pki/sec1.der': der(ec('file DER SEC1'), 'sec1'),
    '/pki/base64.key': Buffer.from(der(rsa('file base64'), 'pkcs8').toString('base64')),
  };
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  const texts: Record<string, string> = {
    ...Object.fromEntries(Object.entries(jsons).map(([form, text]) => [`/api/v1/pods/${encodeURIComponent(form)}`, text])),
    '/api/v1/namespaces/x/secrets': secretList,
    '/api/v1/namespaces/x/pods/y/log?tailLines=100': log,
    '/api/v1/cut': (jsons.List ?? '').slice(0, -40),
    '/metrics': `# HELP x\nx{token="${word('metric')}"} 1\n`,
  };
  const seen: string[] = [];
  const server = await api((request, response) => {
    seen.push(request.headers.authorization ?? '');
    // A server that repeats what it was sent gives nothing away either.
    response.writeHead(request.url === '/echo' ? 401 : 200, { 'content-type': 'application/json', warning: '299 - "none"' });
    response.end(texts[request.url ?? ''] ?? `${JSON.stringify(request.headers)} Authorization: ${request.headers.authorization}`);
  });
  const connection = await connected({ kubeconfig: await kubeconfig(trusting(server.url), { token: userToken }) });
  const file = join(await folder(), 'snapshot.jsonl');
  const recording = await record(live({ connection, root }), file, { version: '0.1.0', keep: keeper() });
  if (!recording.ok) throw new Error(recording.message);
  const questions: AnyQuestion[] = [
    { kind: 'connection' },
    ...Object.keys(files).flatMap((path): AnyQuestion[] => [
      { kind: 'file', path },
      { kind: 'key', path },
      { kind: 'dir', path: dirname(path) },
    ]),
    ...[...Object.keys(texts), '/echo'].map((path): AnyQuestion => ({ kind: 'api', method: 'GET', path: path as ApiPath })),
  ];
  const answers = await Promise.all(questions.map((question) => recording.value.ask(question as never)));
  expect(await recording.value.finish()).toMatchObject({ ok: true });

  // The secrets were there to be found, and the questions were answered.
  expect(seen).toContain(`Bearer ${userToken}`);
  for (const content of [...Object.values(files), ...Object.values(texts)]) expect(sing(Buffer.from(content))).not.toEqual([]);
  for (const [i, answer] of answers.entries()) expect(answer, JSON.stringify(questions[i])).toMatchObject({ ok: true });
  const forms = answers.flatMap((answer) =>
    answer.ok && 'publicKey' in (answer.value ?? {}) ? [(answer.value as { is: string }).is] : [],
  );
  expect(forms.sort()).toEqual(expect.arrayContaining(['der', 'der', 'der', 'pem', 'pem', 'pem']));

  const text = await readFile(file, 'utf8');
  expect(text.trimEnd().split('\n').length).toBe(new Set(questions.map(keyOf)).size + 2);
  expect(sing(Buffer.from(text))).toEqual([]);
  expect(sing(Buffer.from(textsIn(text)))).toEqual([]);

  const replay = await snapshot(file);
  if (!replay.ok) throw new Error(replay.message);
  for (const [i, question] of questions.entries()) expect(await replay.value.ask(question as never)).toStrictEqual(answers[i]);
});
