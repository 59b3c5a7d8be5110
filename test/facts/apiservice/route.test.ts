import { expect, test } from 'vitest';
import { routeOf } from '../../../src/facts/apiservice/route.ts';
import { readFlags } from '../../../src/facts/shared/read-flags.ts';
import type { Backend, BackendEndpoints } from '../../../src/model.ts';
import { healthy } from '../../support/facts.ts';

const known = <T>(value: T) => ({ ok: true, value }) as const;
const service = { clusterIP: '10.96.100.10' } as Backend['service'];
const backend = known<Backend>({ namespace: 'active', service, others: null });
const endpoints = known<BackendEndpoints>({
  slices: ['api-1'],
  addresses: [{ slice: 'api-1', address: '10.244.0.5', ready: true, node: null, pod: null, ports: [] }],
  portNames: [],
});
const says = (host: string) => {
  const url = `https://${host}:443/apis/x/v1`;
  const message = `failing or missing response from ${url}: Get "${url}": EOF`;
  return { ...healthy.apiService, available: { status: 'False', reason: 'FailedDiscoveryCheck', message, since: healthy.now } };
};
/** A kube-apiserver with this flag, or without it. */
const running = (value: string | null) => {
  const { at, origin } = healthy.flags;
  const byName = readFlags(value === null ? [] : [{ text: `--enable-aggregator-routing=${value}`, at }]);
  return known({ ...healthy.flags, at, origin, byName });
};

test.each([
  ['the condition names the ClusterIP', says('10.96.100.10'), [running('true')], 'ClusterIP'],
  ["the condition names a pod's address", says('10.244.0.5'), [], 'pod'],
  ['the condition names neither', says('192.0.2.1'), [], undefined],
  ['without the flag', healthy.apiService, [running(null)], 'ClusterIP'],
  ['with it', healthy.apiService, [running('true'), running('true')], 'pod'],
  ['they differ', healthy.apiService, [running('true'), running(null)], undefined],
  ['no flags are visible', healthy.apiService, [], undefined],
])('%s', (_, apiService, apiservers, to) => {
  const route = routeOf(apiService, { backend, backendEndpoints: endpoints }, apiservers);
  expect(route).toMatchObject({ ok: true, value: to ? { to } : null });
});
