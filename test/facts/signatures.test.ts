/** Every text of the decision tables of failures.md §0.1 to §0.4, as it is written there or corrected, and the row that it becomes. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/facts/apiservice/first-failure.ts';
import { rejectionsIn } from '../../src/facts/apiservice/read-server-log.ts';
import { exitText } from '../../src/signatures/exits.ts';
import { signatures } from '../../src/signatures/index.ts';
import { answers, conditions, inner, statuses, U } from '../signatures/failures.ts';
import { healthy } from '../support/facts.ts';

const { apiService, now, version } = healthy;
/** What the condition becomes. */
const ofCondition = (reason: string, message: string) =>
  failureOf(
    { ...apiService, available: { status: 'False', reason, message, since: new Date(now.getTime() - 300_000) } },
    { ok: true, value: { status: 503, text: 'service unavailable', ok: false, document: null } },
    now,
    version.minor,
  )?.signature;
/** What a user's answer becomes while the condition is True. */
const ofAnswer = (status: number, text: string) =>
  failureOf(apiService, { ok: true, value: { status, text, ok: false, document: null } }, now, 35)?.signature;

describe('§0.1: what stands behind the URL', () => {
  test.each(inner)('%s', (text, row) => {
    expect(ofCondition('FailedDiscoveryCheck', `failing or missing response from ${U}: Get "${U}": ${text}`)).toBe(row);
    expect(ofCondition('FailedDiscoveryCheck', `no response from ${U}: Get "${U}": ${text}`)).toBe(row);
    expect(ofAnswer(503, `error trying to reach service: ${text}`)).toBe(row);
  });

  test.each(statuses)('bad status %s', (status, row) => {
    expect(ofCondition('FailedDiscoveryCheck', `failing or missing response from ${U}: bad status from ${U}: ${status}`)).toBe(row);
  });

  test.each(conditions)('%s: %s', (reason, message, row) => {
    expect(ofCondition(reason, message)).toBe(row);
  });
});

describe('§0.2: what a user gets', () => {
  test.each(answers)('%i %s', (status, text, row) => {
    expect(ofAnswer(status, text)).toBe(row);
  });
});

const sn = 'SN=7982, SKID=11:22, AKID=33:44 failed: x509: certificate signed by unknown authority';
const said = (text: string) =>
  rejectionsIn(
    `E1123 11:11:01.1 1 authentication.go:74] "Unable to authenticate the request" err="[${text}, verifying certificate ${sn}]"`,
    'a/b',
    null,
  )[0];

describe('§0.3: what the extension server logs', () => {
  test.each([
    ['x509: certificate has expired or is not yet valid: current time T is after 2026-11-20T00:00:00Z', 'unclear'],
    ['x509: subject with cn=NAME is not in the allowed list', 'name-not-allowed'],
    ['x509: certificate specifies an incompatible key usage', 'incompatible-usage'],
    ['x509: certificate signed by unknown authority', 'unclear'],
  ])('%s', (text, kind) => {
    expect(said(text)?.kind).toBe(kind);
  });
  test.each([
    'http: TLS handshake error from 10.0.0.1:3344: remote error: tls: bad certificate',
    'http: TLS handshake error from 10.0.0.1:3344: EOF',
    'http: TLS handshake error from 10.0.0.1:3344: read tcp 10.0.0.7:443->10.0.0.1:3344: read: connection reset by peer',
  ])('no rejection: %s', (line) => {
    expect(rejectionsIn(line, 'a/b', null)).toEqual([]);
  });
});

describe('§0.4: what kube-apiserver logs', () => {
  test('its last words', () => {
    expect(exitText('E1123 11:11:01.1 1 run.go:72] "command failed" err="open /pki/x.crt: no such file or directory"')).toBe(
      'open /pki/x.crt: no such file or directory',
    );
  });
  test.each([
    'E1123 11:11:01.1 1 remote_available_controller.go:448] "Unhandled Error" err="v1beta1.x failed with: failing or missing response"',
    'E1123 11:11:01.1 1 controller.go:113] "Unhandled Error" err="loading OpenAPI spec for \\"v1beta1.x\\" failed with: failed to download v1beta1.x"',
    'I1123 11:11:01.1 1 controller.go:109] OpenAPI AggregationController: action for item v1beta1.x: Rate Limited Requeue.',
    'W1123 11:11:01.1 1 handler_proxy.go:99] no RequestInfo found in the context',
    'E1123 11:11:01.1 1 authentication.go:74] "Unable to authenticate the request" err="x509: certificate has expired"',
    'E1123 11:11:01.1 1 dynamic_serving_content.go:211] "Unhandled Error" err="key failed with : tls: private key does not match public key"',
  ])('no last words: %s', (line) => {
    expect(exitText(line)).toBeNull();
  });
});

test('every row has a text here, and a name of its own', () => {
  const names = signatures.map(({ kind }) => kind);
  expect(new Set(names).size).toBe(names.length);
  const met = new Set([
    ...inner.map(([, row]) => row),
    'rejected',
    'anonymous',
    'bad-request',
    'bad-status',
    'no-endpoints',
    'storage-down',
    'service-not-read',
    'service-port',
    'service-not-found',
    'headless-service',
    'external-name-service',
    'not-found',
    'root-certificates',
    'users-not-authorized',
    'reviews-not-served',
    'too-many-requests',
    // Not texts: no condition was ever written, and several requests in a row.
    'no-condition',
    'users-unanswered',
  ]);
  expect(names.filter((name) => !met.has(name))).toEqual([]);
});
