/** Nodes, namespaces and metrics whose names read like errors, and texts without end: the tables of metrics take neither for what is said. */
import { describe, expect, test } from 'vitest';
import { complaintOf } from '../../src/signatures/autoscalers.ts';
import { dependencyIn, isAdapterFailure } from '../../src/signatures/dependencies.ts';
import { scrapeErrorsIn } from '../../src/signatures/scrapes.ts';
import { external, forbidden, messages, object, pods } from './autoscalers.ts';
import { dependencyLines, scrapeLines, structured } from './scrapes.ts';

const now = new Date('2026-11-23T15:05:00Z');
const names = [
  ...['aks-nodepool1-40341403-vmss000000', '401', '403', '404', '500', '503', '9666', 'forbidden', 'unauthorized', 'x509.io'],
  ...['no-such-host', 'connection-refused', 'context-deadline-exceeded', 'tls', 'Unauthorized', 'is forbidden', 'is forbidden: User '],
];

describe.each(names)('%s', (name) => {
  test('as a metric or a namespace changes no complaint', () => {
    expect(complaintOf('FailedGetExternalMetric', external(forbidden(name, name), name, name))).toMatchObject({
      kind: 'forbidden',
      refused: { user: 'system:serviceaccount:kube-system:horizontal-pod-autoscaler', verb: 'list', resource: name, namespace: name },
    });
    const notFound = `the server could not find the metric ${name} for pods ${name}`;
    expect(complaintOf('FailedGetPodsMetric', pods(notFound, name))?.kind).toBe('no-such-metric');
    expect(complaintOf('FailedGetObjectMetric', object(notFound, name))?.kind).toBe('no-such-metric');
    expect(complaintOf('FailedGetExternalMetric', external(`something new about ${name}`, name, name))?.kind).toBe('provider');
  });
  test('as a node changes no reason', () => {
    const kindOf = (error: string) => scrapeErrorsIn(structured(error, name), now).map(({ node, kind }) => `${node} ${kind}`);
    expect(kindOf(`Get "https://${name}:10250/metrics/resource": remote error: tls: internal error`)).toEqual([`${name} no-certificate`]);
    expect(kindOf(`Get "https://${name}:10250/metrics/resource": something new about ${name}`)).toEqual([`${name} unrecognized`]);
    expect(kindOf(`something new: ${name}`)).toEqual([`${name} unrecognized`]);
  });
  test('is no failure of an adapter', () => {
    expect(isAdapterFailure(500, name)).toBe(false);
    expect(dependencyIn(`I1123 15:04:24.090952 1 x.go:1] "HTTP" URI="/${name}" resp=500`)).toBeNull();
  });
});

const length = 100_000;
test.each([1, 8, 24, 80].map((size) => [size] as const))('a text of 100000 characters, made of the first %i of each', (size) => {
  const seeds = [
    ...messages.map(([, text]) => text),
    ...[...scrapeLines, ...dependencyLines].map(([line]) => line),
    ...['(Client.Timeout exceeded', 'unable to fetch metrics from node a: ', 'unable to fully scrape metrics', '"', ': ', ' '],
  ];
  for (const seed of new Set(seeds.map((text) => text.slice(0, size)))) {
    const text = seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
    const start = performance.now();
    complaintOf('FailedGetExternalMetric', text);
    complaintOf('FailedGetResourceMetric', external(text));
    scrapeErrorsIn(text, now);
    dependencyIn(text);
    isAdapterFailure(500, text);
    expect(performance.now() - start, seed).toBeLessThan(2000);
  }
});
