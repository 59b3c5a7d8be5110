import { describe, expect, test } from 'vitest';
import { layerCertificates } from '../../src/facts/shared/layer-certificates.ts';
import { aggctl } from '../cli/aggctl.ts';
import { ca, certificates, changed, client, configMap, days, frontProxy, healthy } from '../support/facts.ts';
import { scenarioOf } from '../support/scenarios.ts';

const recorded = ['certs', '--snapshot', 'test/snapshots/certs.jsonl'];

describe('the recording of a sound node', () => {
  test.each([
    [[], 0],
    [['--warn-within', '36500d'], 0],
    [['--fail-within', '36500d'], 1],
    [['--fail-within', '30d'], 0],
    // kubeadm's certificates live for a year, its CAs for ten.
    [['--at', '2029-01-01'], 1],
  ])('%j: exit status %i', async (options, status) => {
    const ran = await aggctl([...recorded, ...options]);
    expect(ran).toMatchObject({ status, stderr: '' });
    expect(ran.stdout.split('\n')[0]).toMatch(/^NAME {2,}EXPIRES {2,}RESIDUAL TIME {2,}CA {2,}AT {2,}TRUSTED BY {2,}SUBJECT {2,}KEY$/);
  });

  test('each says what it is, where it lies and who trusts it', async () => {
    const { items } = JSON.parse((await aggctl([...recorded, '-o', 'json'])).stdout);
    expect(items.find(({ role }: { role: string }) => role === 'front-proxy CA')).toMatchObject({
      name: 'front-proxy CA',
      subject: 'CN=front-proxy-ca',
      key: 'RSA 2048',
      state: 'valid',
      ignored: null,
      places: [
        '/etc/kubernetes/pki/front-proxy-ca.crt',
        'ConfigMap kube-system/extension-apiserver-authentication, requestheader-client-ca-file',
      ],
      trustedBy: 'extension servers, by the ConfigMap',
    });
  });

  test('the time left is marked in words', async () => {
    const { stdout } = await aggctl([...recorded, '--at', '2029-01-01']);
    expect(stdout).toMatch(/^front-proxy client .* -404d \(expired\) /m);
    expect((await aggctl([...recorded, '--warn-within', '36500d'])).stdout).toMatch(/^front-proxy CA .*\(warning\)/m);
    expect((await aggctl([...recorded, '--fail-within', '36500d'])).stdout).toMatch(/^front-proxy CA .*\(error\)/m);
  });
});

test('with several nodes each certificate of a file names its nodes', async () => {
  const snapshots = scenarioOf('healthy-several-snapshots').snapshots.flatMap((path) => ['--snapshot', path]);
  const { items } = JSON.parse((await aggctl(['certs', ...snapshots, '-o', 'json'])).stdout) as {
    items: { places: string[]; nodes: string[]; role: string }[];
  };
  const inFiles = items.filter(({ places }) => places.some((place) => place.startsWith('/')));
  expect(inFiles.length).toBeGreaterThan(2);
  for (const { places, nodes } of inFiles)
    expect(places.filter((place) => place.startsWith('/')).map((place) => / on (\S+)$/.exec(place)?.[1])).toEqual(nodes);
  expect(items.filter(({ role }) => role === 'caBundle').flatMap(({ nodes }) => nodes)).toEqual([]);
  expect(new Set(inFiles.flatMap(({ nodes }) => nodes)).size).toBeGreaterThan(1);
});

test('a server that was not dialled is a hint, and nothing missing', async () => {
  const ran = await aggctl(['certs', '--snapshot', 'test/scenarios/laptop-username-headers-missing.jsonl']);
  expect(ran.status).toBe(0);
  expect(ran.stderr).toMatch(/^hint: not checked: the extension servers' serving certificates: /m);
});

describe('an expired CA in a bundle', () => {
  const [old, now] = [ca('old-ca', { notAfter: days(-10) }), ca('new-ca')];
  const ignored = (change: Parameters<typeof changed>[0]) =>
    layerCertificates(changed(change), null, healthy.now)
      .certificates.filter(({ role }) => role === 'front-proxy CA')
      .map((one) => [one.certificate.commonName, one.ignored !== null]);

  test.each([
    ['alone counts', frontProxy({ chain: [client(old)], trusted: [old] }), [['old-ca', false]]],
    [
      'beside a valid one, which signed what is in use, is a leftover',
      frontProxy({ chain: [client(now)], trusted: [old, now] }),
      [
        ['old-ca', true],
        ['new-ca', false],
      ],
    ],
    [
      'counts while it is what signed',
      frontProxy({ chain: [client(old)], trusted: [old, now] }),
      [
        ['old-ca', false],
        ['new-ca', false],
      ],
    ],
    [
      'is a leftover once a valid one of its name is there',
      frontProxy({ chain: [client(old)], trusted: [old, ca('old-ca')] }),
      [
        ['old-ca', true],
        ['old-ca', false],
      ],
    ],
  ])('%s', (_, change, expected) => {
    expect(ignored(change)).toEqual(expected);
  });

  test('that one bundle needs is needed', () => {
    const change = { ...frontProxy({ chain: [client(now)], trusted: [old, now] }), ...configMap({ requestheaderCa: certificates([old]) }) };
    expect(ignored(change)).toContainEqual(['old-ca', false]);
  });
});
