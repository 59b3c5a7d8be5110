import { describe, expect, test } from 'vitest';
import { readAuthConfigMap } from '../../../src/facts/cluster/auth-configmap.ts';
import { unclaimedAmong } from '../../../src/facts/cluster/unclaimed-entries.ts';
import type { AuthenticationConfigMap } from '../../../src/model.ts';
import { type Change, ca, certificates, changed, client, configMap, flags, frontProxy, healthy, unknown } from '../../support/facts.ts';

const key = 'requestheader-allowed-names';
const written = (manager: string, time: string) => ({ manager, time, fieldsV1: { 'f:data': { '.': {}, [`f:${key}`]: {} } } });

test('an empty value is an empty list: kube-apiserver and extension servers take it so, and it is put right', () => {
  const read = readAuthConfigMap({ data: { [key]: '', 'requestheader-client-ca-file': '' } });
  expect(read).toMatchObject({ allowedNames: [], requestheaderCa: [], malformed: [] });
});

test('what does not parse is listed', () => {
  const read = readAuthConfigMap({ data: { [key]: 'front-proxy-client', 'client-ca-file': 'x', 'requestheader-group-headers': '{}' } });
  expect(read.malformed.map((one) => one.key).sort()).toEqual(['client-ca-file', key, 'requestheader-group-headers'].sort());
});

test('the last writer of a key counts', () => {
  const managedFields = [written('kubectl-edit', '2026-11-23T10:00:00Z'), written('kube-apiserver', '2026-11-22T10:00:00Z')];
  expect(readAuthConfigMap({ metadata: { managedFields } }).writers).toEqual({
    [key]: { manager: 'kubectl-edit', at: new Date('2026-11-23T10:00:00Z') },
  });
});

describe('entries that no kube-apiserver makes', () => {
  const entries = (change: Change, endpoints: readonly string[] = ['192.0.2.10']) => {
    const { cluster, apiserver } = changed(change);
    if (!cluster.authConfigMap.ok || !apiserver.ok) throw new Error('the row took the facts away');
    const servers = apiserver.value.map(({ facts }) => facts);
    const found = unclaimedAmong(cluster.authConfigMap.value as AuthenticationConfigMap, servers, { ok: true, value: endpoints });
    return found?.map((one) => `${one.key}: ${one.entry}`) ?? null;
  };
  const own = ca('front-proxy-ca');
  const sound = { chain: [client(own)], trusted: [own] };

  test.each<[string, Change, readonly string[]]>([
    ['none', {}, []],
    ['a name', configMap({ allowedNames: ['front-proxy-client', 'aggregator'] }), [`${key}: aggregator`]],
    [
      'names of the process that still runs',
      { ...configMap({ allowedNames: ['front-proxy-client', 'a'] }), ...flags({ [key]: 'front-proxy-client,a' }, 'runningFlags') },
      [],
    ],
    ['the name that is presented, while the flag allows any', flags({ [key]: null }), []],
    ['a header that kube-apiserver sends anyhow', configMap({ groupHeaders: ['X-Remote-Group'] }), []],
    [
      'one that it sends for another purpose',
      configMap({ groupHeaders: ['X-Remote-Group', 'X-Remote-User'] }),
      ['requestheader-group-headers: X-Remote-User'],
    ],
    ['another header', configMap({ usernameHeaders: ['X-Remote-User', 'X-User'] }), ['requestheader-username-headers: X-User']],
  ])('%s', (_, change, expected) => {
    expect(entries(change)).toEqual(expected);
  });

  test('a CA, told from another of the same name', () => {
    const old = ca('front-proxy-ca', { serial: 31 });
    expect(entries(frontProxy({ ...sound, published: [own, old] }))).toEqual([
      'requestheader-client-ca-file: CN=front-proxy-ca, serial 1F',
    ]);
    expect(certificates([old])[0]?.fingerprint).not.toBe(certificates([own])[0]?.fingerprint);
  });

  test.each<[string, Change, (readonly string[])?]>([
    ['a pair rests on such an entry', frontProxy({ chain: [client(ca('old-ca'))], trusted: [own], published: [own, ca('old-ca')] })],
    [
      'a name rests on such an entry',
      { ...flags({ [key]: 'aggregator' }), ...configMap({ allowedNames: ['front-proxy-client', 'aggregator', 'x'] }) },
    ],
    ['the ConfigMap does not allow the name', { ...flags({ [key]: null }), ...configMap({ allowedNames: ['aggregator'] }) }],
    ['the ConfigMap does not hold the CA', frontProxy({ ...sound, published: [ca('another-ca')] })],
    ["a node's files are out of sight", { ...configMap({ allowedNames: ['x'] }), proxyClientCert: unknown }],
    ['a kube-apiserver is out of sight', configMap({ allowedNames: ['front-proxy-client', 'x'] }), ['192.0.2.10', '192.0.2.11']],
  ])('cannot be told: %s', (_, change, endpoints) => {
    expect(entries(change, endpoints)).toBeNull();
  });

  test('cannot be told without a ConfigMap', () => {
    expect(unclaimedAmong(null, [], { ok: true, value: [] })).toBeNull();
    expect(healthy.unclaimedEntries).toEqual([]);
  });
});
