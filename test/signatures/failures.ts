/** Texts of the decision tables of failures.md §0.1 and §0.2, and the row of src/signatures that each is recognised by. */

export const U = 'https://10.96.100.10:443/apis/wardle.example.com/v1alpha1';

const x509 = (text: string) => `tls: failed to verify certificate: x509: ${text}`;
const unknown = 'certificate signed by unknown authority';
const hint = (reason: string) =>
  x509(`${unknown} (possibly because of "${reason}" while trying to verify candidate authority certificate "ca")`);

/** Behind `Get "<U>": `, and in a user's 503. */
export const inner: readonly (readonly [string, string])[] = [
  ['dial tcp 10.96.100.10:443: connect: connection refused', 'connection-refused'],
  ['dial tcp 10.96.100.10:443: i/o timeout', 'timeout'],
  ['context deadline exceeded', 'timeout'],
  ['context deadline exceeded (Client.Timeout exceeded while awaiting headers)', 'timeout'],
  ['net/http: request canceled (Client.Timeout exceeded while awaiting headers)', 'timeout'],
  ['net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)', 'timeout'],
  ['net/http: request canceled while waiting for connection', 'timeout'],
  ['dial tcp 10.96.100.10:443: operation was canceled (Client.Timeout exceeded while awaiting headers)', 'timeout'],
  ['net/http: TLS handshake timeout', 'timeout'],
  ['dial tcp 10.244.0.7:443: connect: no route to host', 'no-route'],
  ['dial tcp [fd00::7]:443: connect: network is unreachable', 'no-route'],
  ['dial tcp 0.0.0.7:443: connect: invalid argument', 'no-route'],
  ['dial tcp: lookup api.example.com on 10.0.0.2:53: no such host', 'no-such-host'],
  ['dial tcp: lookup api.example.com on 10.0.0.2:53: server misbehaving', 'no-such-host'],
  ['dial tcp: lookup api.example.com on 10.0.0.2:53: read udp 10.0.0.1:33312->10.0.0.2:53: i/o timeout', 'no-such-host'],
  ['EOF', 'cut-off'],
  ['unexpected EOF', 'cut-off'],
  ['net/http: Transport failed to read from server: EOF', 'cut-off'],
  ['http: unexpected EOF reading trailer', 'cut-off'],
  ['http: server closed idle connection', 'cut-off'],
  ['read tcp 10.0.0.1:33312->10.96.100.10:443: read: connection reset by peer', 'cut-off'],
  ['dial tcp 10.96.100.10:443: connect: connection reset by peer', 'cut-off'],
  ['write tcp 10.0.0.1:33312->10.96.100.10:443: write: broken pipe', 'cut-off'],
  ['stream error: stream ID 1; INTERNAL_ERROR; received from peer', 'cut-off'],
  ['http: server gave HTTP response to HTTPS client', 'not-https'],
  ['tls: first record does not look like a TLS handshake', 'not-https'],
  ['Forbidden', 'http-proxy'],
  ['Service Unavailable', 'http-proxy'],
  ['Proxy Authentication Required', 'http-proxy'],
  ['Bad Gateway', 'http-proxy'],
  ['Gateway Timeout', 'http-proxy'],
  ['proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused', 'http-proxy'],
  ['Address is not allowed', 'address-not-allowed'],
  ['No agent available', 'konnectivity'],
  ['rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing"', 'konnectivity'],
  ['dial unix /etc/kubernetes/konnectivity-server/konnectivity-server.socket: connect: no such file or directory', 'egress-socket'],
  ['proxy error from 127.0.0.1:6443 while dialing 10.42.1.3:10250, code 500: 500 Internal Server Error', 'k3s-tunnel'],
  ['http2: client connection lost', 'http2-lost'],
  ['http2: server sent GOAWAY and closed the connection; LastStreamID=1, ErrCode=NO_ERROR, debug=""', 'http2-lost'],
  ["http2: Transport received Server's graceful shutdown GOAWAY", 'http2-lost'],
  ['remote error: tls: internal error', 'no-certificate'],
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
  [x509('certificate is not authorized to sign other certificates'), 'ca-cannot-sign'],
  [x509('too many intermediates for path length constraint'), 'ca-cannot-sign'],
  [x509('unhandled critical extension'), 'serving-certificate'],
  ['tls: certificate RSA key size too small for supported signature algorithms', 'weak-client-key'],
  ['crypto/rsa: 1023-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)', 'weak-client-key'],
  ['remote error: tls: bad certificate', 'rejects-client-ca'],
  ['remote error: tls: unsupported certificate', 'rejects-client-ca'],
  ['remote error: tls: unknown certificate', 'rejects-client-ca'],
  ['remote error: tls: expired certificate', 'rejects-client-ca'],
  ['remote error: tls: access denied', 'rejects-client-ca'],
  ['remote error: tls: certificate required', 'rejects-client-ca'],
  ['remote error: tls: unknown certificate authority', 'rejects-client-ca'],
  ['remote error: tls: handshake failure', 'no-common-cipher'],
  ['tls: server chose an unconfigured cipher suite', 'no-common-cipher'],
  ['tls: no supported versions satisfy MinVersion and MaxVersion', 'no-common-cipher'],
  ['remote error: tls: protocol version not supported', 'tls-too-old'],
  ['tls: server selected unsupported protocol version 302', 'tls-too-old'],
];

/** Behind `bad status from URL: `. */
export const statuses: readonly (readonly [string, string])[] = [
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
];

/** The reason and the message of the condition. */
export const conditions: readonly (readonly [string, string, string])[] = [
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
];

/** What a user gets while the condition is True. */
export const answers: readonly (readonly [number, string, string])[] = [
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
  [500, 'the server could not find the requested resource (post tokenreviews.authentication.k8s.io)', 'reviews-not-served'],
  [429, 'the server has received too many requests and has asked us to try again later', 'too-many-requests'],
];
