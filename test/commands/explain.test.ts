import { describe, expect, test } from 'vitest';
import { checks } from '../../src/checks/index.ts';
import { explain } from '../../src/commands/explain.ts';
import { similar } from '../../src/commands/similar.ts';
import { ownChecks } from '../../src/lint/index.ts';

test.each([...checks, ...ownChecks].map(({ id }) => [id]))('%s', (id) => expect(explain([id])).toMatchObject({ kind: 'Explanation', id }));
test('the beginning of an id that no other has is enough', () => {
  expect(explain(['tunnel-agents'])).toMatchObject({ id: 'tunnel-agents-not-ready' });
});
test.each([
  ['FailedDiscoveryCheck', /discovery document failed/],
  ['missingendpoints', /no ready pod/],
  ['KubeAggregatedAPIDown', /aggregator_unavailable_apiservice/],
])('%s', (name, says) => expect(explain([name])).toMatchObject({ kind: 'Meaning', meaning: expect.stringMatching(says), harmless: false }));

const url = 'https://10.1.2.3:443/apis/metrics.k8s.io/v1beta1';
test.each([
  ['x509: subject with cn=aggregator is not in the allowed list', 'allowed-names-exclude-cn'],
  [`failing or missing response from ${url}: Get "${url}": dial tcp 10.1.2.3:443: connect: connection refused`, 'extension-server-down'],
  [`failing or missing response from ${url}: bad status from ${url}: 401`, 'front-proxy-client-expired'],
  ['error trying to reach service: x509: certificate signed by unknown authority', 'cabundle-not-signer'],
  ['No agent available', 'tunnel-agents-not-ready'],
  [
    `E1129 05:00:00.1 1 x.go:1] "Unhandled Error" err="failing or missing response from ${url}: Get \\"${url}\\": EOF"`,
    'extension-server-rejects-connections',
  ],
])('%s: %s can be the cause', (text, id) => {
  const found = explain(text.split(' '));
  expect('checks' in found && found.checks.map((one) => one.id)).toContain(id);
});
test.each([
  'E1123 11:11:01.1 1 controller.go:109] OpenAPI AggregationController: action for item v1beta1.x: Rate Limited Requeue.',
  'W1123 11:11:01.1 1 handler_proxy.go:99] no RequestInfo found in the context',
  'I1123 11:11:01.1 1 server.go:1] http: TLS handshake error from 10.0.0.9:4711: EOF',
])('harmless: %s', (line) => expect(explain([line])).toMatchObject({ harmless: true }));

test.each([
  ['front-proxi-client-expired', /did you mean front-proxy-client-expired/],
  ['configmap', /did you mean configmap-/],
  ['zzz', /^'zzz' is not a check, a reason of a condition or an alert; see: aggctl checks$/],
  ['a text that nobody knows', /^this text is not known to aggctl/],
])('%s: one sentence', (text, says) => expect(() => explain([text])).toThrow(says));

describe('what is like a name', () => {
  const all = ['v1.apps', 'v1alpha1.wardle.example.com', 'v1beta1.custom.metrics.k8s.io', 'v1beta1.metrics.k8s.io'];
  test.each([
    ['v1beta1.metrics.k8s.oi', 'v1beta1.metrics.k8s.io'],
    ['metrics.k8s.io', 'v1beta1.metrics.k8s.io'],
    ['v1alpha1.wardle.exampl.com', 'v1alpha1.wardle.example.com'],
  ])('%s: %s first', (name, like) => expect(similar(name, all)[0]).toBe(like));
  test('a version in common, or a domain, is no likeness', () => {
    expect(similar('v1beta1.metrics.k8s.oi', ['v1beta1.wardle.example.com', 'v1beta1.batch.k8s.io'])).toEqual([]);
    expect(similar('something.else.io', all)).toEqual([]);
  });
});
