/** What manifests may look like, and what is said of what is none. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { lint } from '../../src/commands/lint.ts';
import { linted, manifests } from './manifests.ts';

const whole = manifests('metrics-server');
const skip = 'insecureSkipTLSVerify: true';
const objects = parseAllDocuments(whole).map((one) => one.toJS() as Record<string, unknown>);
const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;
/** The only finding: its file without the folder, and its line. */
const placeIn = async (files: Readonly<Record<string, string | Buffer>>) => {
  const { findings, manifests } = await linted(files);
  expect(findings.map(({ id }) => id)).toEqual(['serving-certificate-not-verified']);
  const at = findings[0]?.at;
  return {
    file: at && 'file' in at ? at.file.split('/').at(-1) : null,
    line: at && 'line' in at ? at.line : null,
    objects: manifests?.objects,
  };
};

const list = { apiVersion: 'v1', kind: 'List', items: objects };
const indented = JSON.stringify(list, null, 2);
test.each<[string, Readonly<Record<string, string | Buffer>>, string, number]>([
  ['several documents', { 'a.yaml': whole }, 'a.yaml', lineOf(whole, skip)],
  ['with comments, a directive and empty documents before', { 'a.yml': `# x\n---\n# y\n---\n${whole}` }, 'a.yml', lineOf(whole, skip) + 4],
  ['with a directive', { 'a.yaml': `%YAML 1.2\n---\n${whole}` }, 'a.yaml', lineOf(whole, skip) + 2],
  ['in UTF-16, as PowerShell writes it', { 'a.yaml': Buffer.from(`\ufeff${whole}`, 'utf16le') }, 'a.yaml', lineOf(whole, skip)],
  ['in UTF-16, big-endian', { 'a.yaml': Buffer.from(`\ufeff${whole}`, 'utf16le').swap16() }, 'a.yaml', lineOf(whole, skip)],
  ['with a byte order mark', { 'a.yaml': `\ufeff${whole}` }, 'a.yaml', lineOf(whole, skip)],
  ['with CRLF', { 'a.yaml': whole.replaceAll('\n', '\r\n') }, 'a.yaml', lineOf(whole, skip)],
  [
    'as Helm writes them',
    { 'a.yaml': whole.replaceAll('---\n', '---\n# Source: x/y.yaml\n') },
    'a.yaml',
    lineOf(whole.replaceAll('---\n', '---\n\n'), skip),
  ],
  ['a List in JSON', { 'a.json': indented }, 'a.json', lineOf(indented, '"insecureSkipTLSVerify"')],
  ['a List on one line', { 'a.json': JSON.stringify(list) }, 'a.json', 1],
  [
    'a List in YAML',
    {
      'a.yaml': `kind: List\napiVersion: v1\nitems:\n${whole
        .replace(/^#.*\n/, '')
        .split('---\n')
        .map((one) => `- ${one.trim().replaceAll('\n', '\n  ')}\n`)
        .join('')}`,
    },
    'a.yaml',
    lineOf(whole.replace(/^#.*\n/, '').replaceAll('---\n', ''), skip) + 3,
  ],
  [
    'a file for each object',
    Object.fromEntries(whole.split('---\n').map((text, index) => [`${index}.yaml`, text])),
    '7.yaml',
    lineOf(whole.split('---\n')[7] ?? '', skip),
  ],
  ['twice', { 'a.yaml': whole, 'b.yaml': whole }, 'b.yaml', lineOf(whole, skip)],
  [
    'with what is no manifest beside',
    { 'a.yaml': whole, 'values.yaml': 'a: 1\n', 'list.yaml': '- 1\n', 'readme.md': '{{' },
    'a.yaml',
    lineOf(whole, skip),
  ],
])('%s', async (_, files, file, line) => expect(await placeIn(files)).toEqual({ file, line, objects: 8 }));

test('YAML is read as kubectl reads it: `<<` merges, and of a key that is there twice the last counts', async () => {
  const text = whole
    .replace('spec:\n  group: metrics.k8s.io\n', 'spec:\n  <<: { group: metrics.k8s.io }\n  insecureSkipTLSVerify: false\n')
    .replace('groupPriorityMinimum: 100', 'groupPriorityMinimum: 0\n  groupPriorityMinimum: 100');
  expect(text.split('\n').length).toBe(whole.split('\n').length + 2);
  expect(await placeIn({ 'a.yaml': text })).toEqual({ file: 'a.yaml', line: lineOf(text, skip), objects: 8 });
});

test('a document is parsed once, however many problems it has', async () => {
  const spec = { version: 'v1', groupPriorityMinimum: 100, versionPriority: 15, service: { name: 'a', namespace: 'b' } };
  const items = Array.from({ length: 300 }, (_, index) => ({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `v1.x${index}.example.com` },
    spec: { ...spec, group: `x${index}.example.com`, insecureSkipTLSVerify: true },
  }));
  const text = JSON.stringify({ ...list, items }, null, 1);
  const started = performance.now();
  const { findings } = await linted({ 'a.json': text });
  expect(performance.now() - started).toBeLessThan(10_000);
  const lines = findings.flatMap(({ id, at }) => (id === 'serving-certificate-not-verified' && 'line' in at ? [at.line] : []));
  const expected = text.split('\n').flatMap((line, index) => (line.includes('insecureSkipTLSVerify') ? [index + 1] : []));
  expect(lines).toEqual(expected);
});

test('a list of one kind', async () => {
  const ofKind = objects.filter((one) => 'kind' in one && one.kind === 'APIService').map(({ apiVersion: _, kind: __, ...rest }) => rest);
  const text = JSON.stringify({ apiVersion: 'apiregistration.k8s.io/v1', kind: 'APIServiceList', items: ofKind });
  expect(await placeIn({ 'a.json': text, 'b.yaml': whole.split('---\n').slice(0, 7).join('---\n') })).toEqual({
    file: 'a.json',
    line: 1,
    objects: 8,
  });
});

test('objects without a namespace are where the APIService looks for the Service', async () => {
  const bare = objects.map((one) => {
    const { namespace: _, ...metadata } = one.metadata as Record<string, unknown>;
    return ['Deployment', 'Service', 'ServiceAccount'].includes(String(one.kind)) ? { ...one, metadata } : one;
  });
  expect(bare).not.toEqual(objects);
  expect(await placeIn({ 'a.json': JSON.stringify({ ...list, items: bare }) })).toMatchObject({ objects: 8 });
});

test('what the manifests hold is counted, and no cluster is named', async () => {
  const { cluster, manifests: held, source, chosen, trust, unavailable } = await linted({ 'a.yaml': whole });
  expect({ cluster, held, trust, unavailable }).toEqual({
    cluster: null,
    held: { files: 1, objects: 8, apiServices: 1 },
    trust: null,
    unavailable: [],
  });
  expect(source).toMatch(/^\/.*aggctl-lint-/);
  expect(chosen).toContain('service-port-missing');
});

test('what is not held is named, and not healthy', async () => {
  const [registration = ''] = whole.split('---\n').slice(7);
  const { passed, skipped, unavailable, findings } = await linted({ 'a.yaml': registration });
  expect(findings.map(({ id, severity }) => `${severity} ${id}`)).toEqual([
    'warning serving-certificate-not-verified',
    'info service-not-in-manifests',
  ]);
  expect(passed.map(({ id }) => id)).toEqual([
    'apiservice-rejected',
    'cabundle-unusable',
    'built-in-group-shadowed',
    'crd-version-shadowed',
    'service-not-set',
    'group-reserved',
  ]);
  expect(skipped.map(({ id }) => id)).toContain('service-port-missing');
  expect(unavailable.map(({ message }) => message)).toEqual(['not in these manifests']);
});

describe('what is no manifest: one sentence', () => {
  const folderWith = (files: Readonly<Record<string, string>>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'aggctl-lint-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  };
  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['nothing', {}, /^nothing to check in \S+: it holds no Kubernetes object$/],
    ['no APIService', { 'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n' }, /none of its objects is an APIService$/],
    ['no YAML', { 'a.yaml': 'a: 1\n---\nb: [c\nd: e\n' }, /a\.yaml cannot be read: it is neither JSON nor YAML: .* \(line 4\)$/],
    [
      'aliases without end',
      {
        'a.yaml': `a: &a [x]\n${[...'bcdefghijklm'].map((to, index) => `${to}: &${to} [${`*${'abcdefghijklm'[index]},`.repeat(9)}]`).join('\n')}\n`,
      },
      /a\.yaml cannot be read: it holds more than a million values/,
    ],
    ['bytes of no text', { 'a.yaml': 'a: {{\0' }, /a\.yaml cannot be read: it is neither JSON nor YAML: null byte/],
    [
      'a template',
      { 'a.yaml': `kind: Pod\nmetadata:\n  {{- include "x" . }}\n` },
      /a\.yaml is a template: check what Helm makes of it: helm template RELEASE CHART \| aggctl lint -$/,
    ],
    [
      'a chart',
      { 'x y/Chart.yaml': 'name: x\n', 'x y/templates/a.yaml': '{{' },
      /holds a Helm chart: .*: helm template RELEASE '\S+x y' \| aggctl lint -$/,
    ],
    [
      'a kustomization',
      { 'base/kustomization.yaml': 'resources: [a.yaml]\n', 'base/a.yaml': whole },
      /holds a kustomization: .*: kubectl kustomize \S+base \| aggctl lint -$/,
    ],
  ])('%s', async (_, files, says) => {
    await expect(lint([folderWith(files)], {}, { now: () => new Date() }).next()).rejects.toThrow(says);
  });
  test('a loop of links', async () => {
    const path = join(folderWith({}), 'a.yaml');
    symlinkSync(path, path);
    await expect(lint([path], {}, { now: () => new Date() }).next()).rejects.toThrow(/a\.yaml cannot be read: a loop of symbolic links$/);
  });
});
