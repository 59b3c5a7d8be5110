/** Every text of the decision tables of failures.md §0.1 to §0.4, as it is written there or corrected, and the row that it becomes. */
import { describe, expect, test } from 'vitest';
import { failureOf } from '../../src/facts/apiservice/first-failure.ts';
import { rejectionsIn } from '../../src/facts/apiservice/read-server-log.ts';
import { exitText } from '../../src/signatures/exits.ts';
import { signatures } from '../../src/signatures/index.ts';
import { healthy } from '../support/facts.ts';

const U = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';
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

const x509 = (text: string) => `tls: failed to verify certificate: x509: ${text}`;
const unknown = 'certificate signed by unknown authority';
const hint = (reason: string) =>
  x509(`${unknown} (possibly because of "${reason}" while trying to verify candidate authority certificate "ca")`);

/** §0.1, behind `Get "<U>": `, and in a user's 503. */
const inner: readonly (readonly [string, string])[] = [
  ['dial tcp 10.96.100.10:443: connect: connection refused', 'connection-refused'],
  ['dial tcp 10.96.100.10:443: i/o timeout', 'timeout'],
  ['context deadline exceeded', 'timeout'],
  ['context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 'timeout'],
  ['net/http: request canceled (Client.Timeout exceeded while awaiting headers)', 'timeout'],
  ['net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)', 'timeout'],
  ['net/http: TLS handshake timeout', 'timeout'],
  ['dial tcp 10.244.0.7:443: connect: no route to host', 'no-route'],
  ['dial tcp [fd00::7]:443: connect: network is unreachable', 'no-route'],
  ['dial tcp: lookup api.example.com on 10.0.0.2:53: no such host', 'no-such-host'],
  ['EOF', 'cut-off'],
  ['unexpected EOF', 'cut-off'],
  ['read tcp 10.0.0.1:33312->10.96.100.10:443: read: connection reset by peer', 'cut-off'],
  ['dial tcp 10.96.100.10:443: connect: connection reset by peer', 'cut-off'],
  ['write tcp 10.0.0.1:33312->10.96.100.10:443: write: broken pipe', 'cut-off'],
  ['stream error: stream ID 1; INTERNAL_ERROR; received from peer', 'cut-off'],
  ['http: server gave HTTP response to HTTPS client', 'not-https'],
  ['Forbidden', 'http-proxy'],
  ['Service Unavailable', 'http-proxy'],
  ['Proxy Authentication Required', 'http-proxy'],
  ['Bad Gateway', 'http-proxy'],
  ['proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused', 'http-proxy'],
  ['Address is not allowed', 'address-not-allowed'],
  ['No agent available', 'konnectivity'],
  ['rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing"', 'konnectivity'],
  ['dial unix /etc/kubernetes/konnectivity-server/konnectivity-server.socket: connect: no such file or directory', 'egress-socket'],
  ['proxy error from 127.0.0.1:6443 while dialing 10.42.1.3:10250, code 500: 500 Internal Server Error', 'k3s-tunnel'],
  ['http2: client connection lost', 'http2-lost'],
  [x509('certificate relies on legacy Common Name field, use SANs instead'), 'serving-names'],
  [x509('certificate is valid for localhost, other.default.svc, not api.wardle.svc'), 'serving-names'],
  [x509('certificate is not valid for any names, but wanted to match api.wardle.svc'), 'serving-names'],
  [x509("cannot validate certificate for 10.0.0.7 because it doesn't contain any IP SANs"), 'serving-names'],
  [x509('certificate specifies an incompatible key usage'), 'serving-usage'],
  [x509('certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is after 2026-11-20T00:00:00Z'), 'serving-expired'],
  [
    x509('certificate has expired or is not yet valid: current time 2026-11-23T12:00:00Z is before 2026-11-24T00:00:00Z'),
    'serving-not-yet-valid',
  ],
  [x509(unknown), 'unknown-authority'],
  [hint('crypto/rsa: verification error'), 'unknown-authority'],
  [hint('x509: ECDSA verification failure'), 'unknown-authority'],
  [hint('x509: cannot verify signature: insecure algorithm SHA1-RSA'), 'serving-signature'],
  [hint('x509: cannot verify signature: insecure algorithm SHA1-RSA (temporarily override with GODEBUG=x509sha1=1)'), 'serving-signature'],
  [hint('x509: invalid signature: parent certificate cannot sign this kind of certificate'), 'ca-cannot-sign'],
  [x509('unhandled critical extension'), 'serving-certificate'],
  ['tls: certificate RSA key size too small for supported signature algorithms', 'weak-client-key'],
  ['remote error: tls: bad certificate', 'rejects-client-ca'],
  ['remote error: tls: certificate required', 'rejects-client-ca'],
  ['remote error: tls: unknown certificate authority', 'rejects-client-ca'],
  ['remote error: tls: handshake failure', 'no-common-cipher'],
  ['remote error: tls: protocol version not supported', 'tls-too-old'],
  ['tls: server selected unsupported protocol version 302', 'tls-too-old'],
];

describe('§0.1: what stands behind the URL', () => {
  test.each(inner)('%s', (text, row) => {
    expect(ofCondition('FailedDiscoveryCheck', `failing or missing response from ${U}: Get "${U}": ${text}`)).toBe(row);
    expect(ofCondition('FailedDiscoveryCheck', `no response from ${U}: Get "${U}": ${text}`)).toBe(row);
    expect(ofAnswer(503, `error trying to reach service: ${text}`)).toBe(row);
  });

  test.each([
    ['401', 'rejected'],
    ['403', 'anonymous'],
    ['404', 'not-found'],
    ['301', 'bad-status'],
    ['302', 'bad-status'],
    ['307', 'bad-status'],
    ['308', 'bad-status'],
    ['304', 'bad-status'],
    ['429', 'too-many-requests'],
    ['500', 'bad-status'],
    ['503', 'bad-status'],
  ])('bad status %s', (status, row) => {
    expect(ofCondition('FailedDiscoveryCheck', `failing or missing response from ${U}: bad status from ${U}: ${status}`)).toBe(row);
  });

  test.each([
    ['FailedDiscoveryCheck', `timed out waiting for ${U}`, 'timeout'],
    ['FailedDiscoveryCheck', 'no endpoints available for service "api"', 'no-endpoints'],
    ['FailedDiscoveryCheck', 'no service port 8443 found for service "api"', 'service-port'],
    ['FailedDiscoveryCheck', 'cannot route to service with ClusterIP "None"', 'headless-service'],
    ['FailedDiscoveryCheck', 'unsupported service type "ExternalName"', 'external-name-service'],
    ['ServiceNotFound', 'service/api in "wardle" is not present', 'service-not-found'],
    ['ServicePortError', 'service/api in "wardle" is not listening on port 8443', 'service-port'],
    ['EndpointsNotFound', 'cannot find endpointslices for service/api in "wardle"', 'no-endpoints'],
    ['EndpointsNotFound', 'cannot find endpoints for service/api in "wardle"', 'no-endpoints'],
    ['MissingEndpoints', 'endpointslices for service/api in "wardle" have no addresses with port name "https"', 'no-endpoints'],
    ['MissingEndpoints', 'endpoints for service/api in "wardle" have no addresses with port name "https"', 'no-endpoints'],
  ])('%s: %s', (reason, message, row) => {
    expect(ofCondition(reason, message)).toBe(row);
  });
});

describe('§0.2: what a user gets', () => {
  test.each([
    [401, 'Unauthorized', 'rejected'],
    [403, 'flunders.wardle.example.com is forbidden: User "system:anonymous" cannot list resource "flunders"', 'anonymous'],
    [504, 'Timeout: request did not complete within the allotted timeout', 'timeout'],
    // Of these the text says nothing of the way to the extension server.
    [503, 'service unavailable', 'other'],
    [502, 'the backend attempted to redirect this request, which is not permitted', 'other'],
    [500, 'missing user', 'other'],
    [404, '404 page not found', 'not-found'],
    [500, 'unable to load root certificates: unable to parse bytes as PEM block', 'root-certificates'],
    [
      500,
      'Internal Server Error: "/apis/wardle.example.com/v1alpha1": subjectaccessreviews.authorization.k8s.io is forbidden: User "system:serviceaccount:wardle:apiserver" cannot create resource "subjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope',
      'users-not-authorized',
    ],
    [
      500,
      'Internal Server Error: "/apis/wardle.example.com/v1alpha1": the server could not find the requested resource (post subjectaccessreviews.authorization.k8s.io)',
      'reviews-not-served',
    ],
    [429, 'the server has received too many requests and has asked us to try again later', 'too-many-requests'],
  ])('%i %s', (status, text, row) => {
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
    'bad-status',
    'no-endpoints',
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
