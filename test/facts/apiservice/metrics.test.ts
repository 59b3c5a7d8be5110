/** What lies behind a metrics API that serves: nodes, logs, requests for certificates, and the request that reaches the provider. */
import { expect, test } from 'vitest';
import { nodesWithMetrics } from '../../../src/facts/apiservice/nodes-with-metrics.ts';
import { scraping } from '../../../src/facts/apiservice/scraping.ts';
import { targetOf } from '../../../src/facts/apiservice/user-request.ts';
import { autoscalersWithoutMetrics } from '../../../src/facts/cluster/autoscalers-without-metrics.ts';
import { pendingCertificates } from '../../../src/facts/cluster/pending-certificates.ts';
import type { Ask, Observed, Scraping } from '../../../src/model.ts';
import { structured } from '../../signatures/scrapes.ts';
import { healthy } from '../../support/facts.ts';

const metrics = { ...healthy.apiService, name: 'v1beta1.metrics.k8s.io', group: 'metrics.k8s.io', version: 'v1beta1' };
/** Answers of kube-apiserver by the start of their path; anything else is not allowed. */
const answering = (texts: Readonly<Record<string, unknown>>) => {
  const asked: string[] = [];
  const ask = (async ({ path }: { readonly path: string }) => {
    asked.push(path);
    const found = Object.entries(texts).find(([start]) => path.startsWith(start))?.[1];
    const text = JSON.stringify(found ?? { kind: 'Status', message: 'forbidden' });
    return { ok: true, value: { status: found ? 200 : 403, headers: {}, text, ms: 1 } };
  }) as unknown as Ask;
  return { ask, asked };
};
const had = async <T>(observed: Observed<T> | Promise<Observed<T>>): Promise<T> => {
  const known = await observed;
  if (!known.ok) throw new Error(known.message);
  return known.value;
};

const columns = ['Name', 'Status', 'Roles', 'Age', 'Version', 'Internal-IP'].map((name) => ({ name }));
const row = (name: string, status = 'Ready', age = '5d', version = 'v1.33.1') => ({
  cells: [name, status, '<none>', age, version, '192.0.2.1'],
});
const table = (...rows: readonly unknown[]) => ({ kind: 'Table', columnDefinitions: columns, rows });
const items = (...names: readonly string[]) => ({ kind: 'NodeMetricsList', items: names.map((name) => ({ metadata: { name } })) });
const compared = (nodes: unknown, scraped: unknown, firstFailure: unknown = null, one = metrics) => {
  const { ask, asked } = answering({ '/api/v1/nodes': nodes, '/apis/metrics.k8s.io/v1beta1/nodes': scraped });
  return { value: had(nodesWithMetrics.read({ firstFailure } as never, ask, one)), asked };
};

test('ready nodes without metrics', async () => {
  const nodes = table(row('a'), row('403'), row('c', 'Ready,SchedulingDisabled'));
  expect(await compared(nodes, items('a')).value).toEqual({ ready: 3, missing: ['403', 'c'] });
});
test.each([
  ['not ready', row('b', 'NotReady')],
  ['just joined', row('b', 'Ready', '45s')],
  ['joined two minutes ago', row('b', 'Ready', '2m59s')],
  ['virtual', row('b', 'Ready', '5d', 'v1.25.0-vk-azure-aci-1.6.2')],
])('a node that has none yet, or never: %s', async (_, other) => {
  expect(await compared(table(row('a'), other), items('a')).value).toEqual({ ready: 1, missing: [] });
});
test('a node of three minutes should have them', async () => {
  expect(await compared(table(row('a', 'Ready', '3m')), items()).value).toEqual({ ready: 1, missing: ['a'] });
});
test('without the rights nothing is compared', async () => {
  expect(await compared(undefined, items('a')).value).toBeNull();
  expect(await compared(table(row('a')), undefined).value).toBeNull();
});
test('nobody asks about an API that is down, or another one', async () => {
  for (const { value, asked } of [
    compared(table(), items(), { signature: 'timeout' }),
    compared(table(), items(), null, { ...metrics, group: 'custom.metrics.k8s.io' }),
  ]) {
    expect(await value).toBeNull();
    expect(asked).toEqual([]);
  }
});

const at = new Date('2026-11-23T15:05:00Z');
const scraped = (nodes: unknown, log: string) =>
  had(
    scraping.read(
      {
        nodes: { ok: true, value: nodes },
        logs: { ok: true, value: [{ pod: 'kube-system/ms', text: log }] },
        serverClock: at.getTime(),
      } as never,
      null as never,
      metrics,
    ),
  );
const fault = (kind: string) => expect.objectContaining({ kind });
test('the log gives the reason of each node', async () => {
  const log = structured('remote error: tls: internal error', 'b');
  expect(await scraped({ ready: 3, missing: ['b', 'c'] }, log)).toEqual({
    ready: 3,
    missing: [
      { node: 'b', error: fault('no-certificate') },
      { node: 'c', error: null },
    ],
  });
});
test('an error of a node that has metrics has passed', async () => {
  expect(await scraped({ ready: 3, missing: [] }, structured('EOF', 'b'))).toEqual({ ready: 3, missing: [] });
});
test('where nodes cannot be compared, errors of the last five minutes tell', async () => {
  const old = structured('EOF', 'old').replace('15:04:24', '14:59:24');
  expect(await scraped(null, `${old}\n${structured('EOF', 'b')}`)).toEqual({
    ready: null,
    missing: [{ node: 'b', error: fault('unreachable') }],
  });
  expect(await scraped(null, old)).toBeNull();
});

const lacking = (kind: string): Scraping => ({
  ready: 1,
  missing: [{ node: 'a', error: { kind: kind as never, text: '', meaning: '', next: '' } }],
});
const pending = (of: Scraping | null, requests: readonly unknown[]) => {
  const { ask, asked } = answering({
    '/apis/certificates.k8s.io/v1/certificatesigningrequests?fieldSelector=spec.signerName': { items: requests },
  });
  const one = { name: metrics.name, observed: { ok: true, value: of } };
  const said = { name: metrics.name, observed: { ok: true, value: null } };
  return {
    value: had(
      pendingCertificates.read({ scraped: { ok: true, value: [one] }, said: { ok: true, value: [said] } } as never, ask, null as never),
    ),
    asked,
  };
};
const request = (change: object = {}, spec: object = {}) => ({
  metadata: { name: 'csr-a' },
  spec: { signerName: 'kubernetes.io/kubelet-serving', username: 'system:node:a', ...spec },
  status: {},
  ...change,
});
test('pending requests of kubelets alone', async () => {
  const requests = [
    request(),
    request({ status: { conditions: [{ type: 'Approved' }] } }),
    request({ status: { conditions: [{ type: 'Denied' }] } }),
    request({}, { signerName: 'kubernetes.io/kube-apiserver-client' }),
    request({}, { username: 'eve' }),
  ];
  expect(await pending(lacking('no-certificate'), requests).value).toEqual([{ name: 'csr-a', node: 'a' }]);
});
test('nobody asks for them while no certificate is missing', async () => {
  const { value, asked } = pending(lacking('unreachable'), [request()]);
  expect(await value).toBeNull();
  expect(asked).toEqual([]);
});

const hpa = (conditions: readonly unknown[], metadata: object = {}) => ({
  metadata: { name: 'web', namespace: '503', ...metadata },
  status: { conditions },
});
const active = (status: string) => ({
  type: 'ScalingActive',
  status,
  reason: 'FailedGetResourceMetric',
  message:
    'the HPA was unable to compute the replica count: failed to get cpu usage: did not receive metrics for targeted pods (pods might be unready)',
  lastTransitionTime: '2026-11-23T09:10:00Z',
});
const blind = (listed: unknown, group = 'metrics.k8s.io') => {
  const { ask, asked } = answering({ '/apis/autoscaling/v2/horizontalpodautoscalers': listed });
  return { value: autoscalersWithoutMetrics.read({ remote: [{ ...metrics, group }] } as never, ask, null as never), asked };
};
test('autoscalers are read wherever a metrics API is registered, and those that scale are left out', async () => {
  const listed = {
    items: [hpa([active('False')]), hpa([active('True')]), hpa([]), hpa([active('False')], { deletionTimestamp: '2026-11-23T09:10:00Z' })],
  };
  expect(await had(blind(listed).value as never)).toEqual([
    expect.objectContaining({
      name: '503/web',
      api: 'metrics.k8s.io',
      kind: 'no-pod-metrics',
      since: new Date('2026-11-23T09:10:00Z'),
      ofKeda: false,
    }),
  ]);
});
test('KEDA makes its own', async () => {
  const named = hpa([active('False')], { name: 'keda-hpa-worker' });
  const labelled = hpa([active('False')], { labels: { 'scaledobject.keda.sh/name': 'worker' } });
  expect(await had(blind({ items: [named, labelled] }).value as never)).toMatchObject([{ ofKeda: true }, { ofKeda: true }]);
});
test('who may not list them is not told of a failure', async () => {
  expect(await blind(undefined).value).toMatchObject({ ok: false, why: 'excluded' });
});
test('nobody lists them where no metrics API is registered', async () => {
  const { value, asked } = blind({ items: [] }, 'wardle.example.com');
  expect(await value).toEqual({ ok: true, value: [] });
  expect(asked).toEqual([]);
});

const listing = (...resources: readonly (readonly [name: string, namespaced?: boolean, verbs?: readonly string[]])[]) => ({
  resources: resources.map(([name, namespaced = true, verbs = ['get']]) => ({ name, namespaced, verbs })),
});
const pathOf = (group: string, document: ReturnType<typeof listing>) => targetOf({ group, version: 'v1beta1' }, document)?.path ?? null;
test.each([
  [
    'external.metrics.k8s.io',
    listing(['as_queue_total_test']),
    '/apis/external.metrics.k8s.io/v1beta1/namespaces/default/as_queue_total_test',
  ],
  [
    'external.metrics.k8s.io',
    listing(['../x'], ['..'], ['externalmetrics']),
    '/apis/external.metrics.k8s.io/v1beta1/namespaces/default/externalmetrics',
  ],
  ['external.metrics.k8s.io', listing(), null],
  [
    'custom.metrics.k8s.io',
    listing(['namespaces/requests', false], ['jobs.batch/queue']),
    '/apis/custom.metrics.k8s.io/v1beta1/namespaces/default/jobs.batch/aggctl-probe/queue',
  ],
  ['custom.metrics.k8s.io', listing(['pods/a/b'], ['pods']), null],
  ['metrics.k8s.io', listing(['nodes', false], ['pods']), '/apis/metrics.k8s.io/v1beta1/nodes/aggctl-probe'],
  [
    'wardle.example.com',
    listing(['flunders/status'], ['fischers', false, ['list']], ['flunders']),
    '/apis/wardle.example.com/v1beta1/namespaces/default/flunders/aggctl-probe',
  ],
])('%s: the request that reaches what answers', (group, document, path) => {
  expect(pathOf(group, document)).toBe(path);
});
