/** The texts of TLS between kube-apiserver and an extension server, but for those about its certificate. */
import type { FailureSignature } from '../model.ts';

export const tlsRows: readonly FailureSignature[] = [
  {
    kind: 'not-https',
    matches: /^(?:http: server gave HTTP response to HTTPS client|tls: first record does not look like a TLS handshake)/,
    hop: 'TLS',
    side: 'way',
    short: 'plain HTTP',
    meaning: 'the extension API server serves plain HTTP on this port, but kube-apiserver uses only HTTPS',
    next: "set the Service's targetPort to the TLS port",
  },
  {
    // golang/go, net/http/transport.go and response.go, and h2_bundle.go, go1.26: TLS succeeds, and what follows is not HTTP.
    kind: 'not-http',
    matches: /^net\/http: HTTP\/1\.x transport connection broken: malformed |^http2: (?:failed reading the frame payload|frame too large)/,
    hop: 'TLS',
    side: 'way',
    short: 'no HTTP',
    meaning: 'the server at the address that kube-apiserver dials answers in another protocol than HTTP over TLS, such as gRPC',
    next: "set the Service's targetPort to the port on which the extension API server serves HTTPS",
  },
  {
    kind: 'tls-too-old',
    matches: /^(?:remote error: tls: protocol version not supported|tls: server selected unsupported protocol version)/,
    hop: 'TLS',
    side: 'way',
    short: 'old TLS',
    meaning: 'the extension API server does not support TLS 1.2 or later, and kube-apiserver supports no older version',
    next: 'configure the extension API server to offer TLS 1.2 or 1.3',
  },
  {
    kind: 'no-common-cipher',
    matches:
      /^(?:remote error: tls: (?:handshake failure|insufficient security level|no application protocol)|tls: server chose an unconfigured cipher suite|tls: no supported |tls: server selected unsupported (?:curve|group))/,
    hop: 'TLS',
    side: 'way',
    short: 'no cipher',
    meaning: 'the extension API server and kube-apiserver have no cipher suite or curve in common',
    next: "check the extension API server's list of cipher suites: it must contain one with ECDHE",
  },
  {
    // crypto/tls, alert.go: of a server that chooses its certificate by the name that kube-apiserver sends, SERVICE.NAMESPACE.svc.
    kind: 'unrecognized-name',
    matches: /^remote error: tls: unrecognized name/,
    hop: 'TLS',
    side: 'way',
    short: 'unknown name',
    meaning:
      "the server at the address that kube-apiserver dials has no certificate for the Service's name, as an ingress controller or gateway has none",
    next: "set the Service's selector and targetPort to the extension API server itself, or give that server a certificate for `SERVICE.NAMESPACE.svc`",
  },
  {
    // crypto/tls, handshake_server.go: the server has no certificate to present, such as a kubelet with `serverTLSBootstrap` before its request is approved.
    kind: 'no-certificate',
    matches: /^remote error: tls: internal error/,
    hop: 'TLS',
    side: 'way',
    short: 'no certificate',
    meaning: 'the server at the address that kube-apiserver dials has no serving certificate to present',
    next: "read its log; if the address is a node's, the kubelet answers, and its certificate signing request is pending: kubectl get csr",
  },
  {
    kind: 'rejects-client-ca',
    matches:
      /^remote error: tls: (?:unknown certificate|bad certificate|certificate required|(?:unsupported|expired|revoked) certificate|access denied)/,
    hop: 'TLS',
    side: 'way',
    short: 'TLS client',
    meaning: "the extension API server rejects kube-apiserver's client certificate in the TLS handshake",
    next: 'configure the extension API server to request a client certificate without verifying it in TLS',
  },
];
