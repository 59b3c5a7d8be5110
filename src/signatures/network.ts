/** The texts of the network between kube-apiserver and an extension server, and of its TLS. */
import type { FailureSignature } from '../model.ts';
import { servingCertificateRows } from './serving-certificate.ts';

export const wayRows: readonly FailureSignature[] = [
  ...servingCertificateRows,
  {
    // k8s.io/apiserver, pkg/server/egressselector/egress_selector.go (tunnelHTTPConnect), v0.37.2; the tunnels of k3s and RKE2 answer so, too.
    kind: 'egress-tunnel',
    matches:
      /^proxy error from \S+ while dialing \S+, code \d+: |^reading HTTP response from CONNECT to \S+ via proxy \S+ failed: |^unexpected \d+ bytes of buffered data from CONNECT proxy "/,
    hop: 'network',
    side: 'way',
    short: 'tunnel',
    meaning: 'the egress proxy through which kube-apiserver dials does not reach the pod',
    next: 'check the log of the egress proxy in the message, and that each of its agents reaches the pod',
  },
  {
    // kubernetes-sigs/apiserver-network-proxy v0.36.0, pkg/server/backend_manager.go.
    kind: 'konnectivity',
    matches: /^No agent available$/,
    hop: 'network',
    side: 'way',
    short: 'no agent',
    meaning: 'konnectivity-server has no agent through which it can reach the nodes; kubectl logs and exec fail as well',
    next: 'check the konnectivity-agent pods in kube-system and their connection to the control plane',
  },
  {
    // kubernetes-sigs/apiserver-network-proxy, konnectivity-client/pkg/client/client.go and conn.go, v0.36.0; any other error of gRPC.
    kind: 'tunnel-closed',
    matches: /^(?:dial closed|tunnel (?:is )?closed|single-use dialer already dialed)$|^rpc error: code = \w+ desc = /,
    hop: 'network',
    side: 'way',
    short: 'tunnel lost',
    meaning: 'the tunnel of konnectivity ended while kube-apiserver dialed through it, as when konnectivity-server or an agent restarts',
    next: 'check the log of konnectivity-server, which runs beside kube-apiserver, and of the konnectivity-agent pods',
  },
  {
    // rancher/remotedialer v0.6.1, session_manager.go and session.go, and gorilla/websocket v1.5.3, client.go: of k3s, RKE2 and Rancher.
    kind: 'no-tunnel-session',
    matches: /^(?:failed to find Session for client \S+|websocket: bad handshake|tunnel disconnect)/,
    hop: 'network',
    side: 'way',
    short: 'no session',
    meaning: 'the tunnel of k3s, RKE2 or Rancher has no connection to the host from which it would dial',
    next: "check the agent there and its connection to the server: the service k3s-agent or rke2-agent on the pod's node, or Rancher's cattle-cluster-agent in namespace cattle-system",
  },
  {
    // RFC 9113, 8.7: the server has not begun with the request. golang/go, net/http/h2_bundle.go, tries again six times.
    kind: 'stream-refused',
    matches: /^(?:http2: Transport: cannot retry err \[)?stream error: stream ID \d+; REFUSED_STREAM/,
    hop: 'network',
    side: 'way',
    short: 'refused',
    meaning:
      'the server at the address that kube-apiserver dials refuses requests before it reads them, as one that shuts down or is at its limit',
    next: 'read the log of the extension API server, and of a proxy in its pods',
  },
  {
    kind: 'address-not-allowed',
    matches: /^Address is not allowed/,
    hop: 'network',
    side: 'way',
    short: 'not allowed',
    meaning: "the EKS control plane dials only VPC addresses, and the pod's address is not one (an overlay network)",
    next: 'run the extension API server with `hostNetwork: true`, or with the VPC CNI',
  },
  {
    kind: 'http2-lost',
    matches: /^http2: (?:client conn|server sent GOAWAY|Transport)/,
    hop: 'network',
    side: 'way',
    short: 'lost',
    meaning: 'an idle connection to the extension API server died; kube-apiserver detects it within 45 s and reconnects',
    next: 'check again in a minute; if it recurs, find what drops idle connections between the control plane and the nodes',
  },
  {
    // socket(2) and connect(2), EMFILE and ENFILE.
    kind: 'no-open-files',
    matches: /^dial (?:tcp|unix)\d?[: ].{1,600}: too many open files/,
    hop: 'network',
    side: 'kube-apiserver',
    short: 'open files',
    meaning: 'the process that opens the connection has reached its limit of open files',
    next: 'on the host of kube-apiserver, or of the agent that dials for it, compare `ls /proc/PID/fd | wc -l` with `Max open files` in /proc/PID/limits, and raise the limit or find what leaks',
  },
  {
    kind: 'no-such-host',
    matches: /^(?:dial tcp\d?: )?lookup \S+(?: on \S+)?: /,
    hop: 'network',
    side: 'way',
    short: 'no host',
    meaning: 'the resolver that kube-apiserver uses does not resolve the name of the ExternalName Service',
    next: 'make the name known to the resolver in the message: that of the node of kube-apiserver, or, if kube-apiserver runs as an ordinary pod (a hosted control plane), the DNS of the cluster in which it runs',
  },
  {
    // connect(2), EADDRNOTAVAIL: without an address of the family there is none to dial from, with one no port of it is free.
    kind: 'no-ipv6',
    matches:
      /^dial tcp\d? \[\S+\]:\d+: (?:connect: cannot assign requested address|(?:connect|socket): address family not supported by protocol)/,
    hop: 'network',
    side: 'way',
    short: 'no IPv6',
    meaning: "kube-apiserver has no IPv6 address from which it could dial the Service's IPv6 address",
    next: 'enable IPv6 where kube-apiserver runs, or give the Service an IPv4 address',
  },
  {
    kind: 'no-local-port',
    matches: /^dial tcp\d? \S+: connect: cannot assign requested address/,
    hop: 'network',
    side: 'way',
    short: 'no port',
    meaning: 'kube-apiserver has no free local port for another connection',
    next: 'find out where kube-apiserver runs what holds so many connections: ss -s',
  },
  {
    // connect(2): EPERM is a rule of the local firewall, EACCES a `prohibit` route or a policy such as SELinux.
    kind: 'not-permitted',
    matches: /^dial tcp\d? \S+: connect: (?:operation not permitted|permission denied)/,
    hop: 'network',
    side: 'way',
    short: 'not permitted',
    meaning: 'the host that opens the connection forbids it: a rule of its own firewall, a `prohibit` route, or a security policy',
    next: 'find on that host what forbids the connection: OUTPUT rules, `ip route get`, SELinux or AppArmor, eBPF programs of the CNI',
  },
  {
    kind: 'no-route',
    matches:
      /^(?:dial|read|write) tcp\d? \S+: (?:connect|read|write): (?:no route to host|network is unreachable|host is down|network is down|invalid argument)/,
    hop: 'network',
    side: 'way',
    short: 'no route',
    meaning: 'no route leads to the address that kube-apiserver dials',
    next: 'check the routes, firewall and CNI of the host that opens the connection',
  },
  {
    kind: 'timeout',
    matches:
      /^(?:context deadline exceeded|(?:dial|read|write) tcp\d?(?: \S+)?: (?:i\/o timeout|operation was canceled|(?:connect|read|write): connection timed out)|net\/http: (?:TLS handshake timeout|request canceled|timeout awaiting response headers)|http2: timeout awaiting response headers|timed out waiting for |dial timeout, (?:backstop|context)$|504 .*did not complete within)|^[a-z][^"]{0,500} \(Client\.Timeout [a-z ]+\)$/s,
    hop: 'network',
    side: 'way',
    short: 'timeout',
    meaning: 'the extension API server does not answer kube-apiserver within 5 s',
    next: "allow the control plane to reach the extension API server's port (firewall, NetworkPolicy, security group)",
  },
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
  {
    kind: 'cut-off',
    matches:
      /^(?:(?:net\/http: (?:Transport failed to read from server|HTTP\/1\.x transport connection broken)|readLoopPeekFailLocked): )?(?:(?:unexpected )?EOF$|(?:dial|read|write) tcp\d? \S+: (?:connect|read|write): (?:connection reset by peer|broken pipe|software caused connection abort))|^http: (?:unexpected EOF|server closed idle connection)|^stream error: stream ID \d+; [A-Z_\d]+/,
    hop: 'network',
    side: 'way',
    short: 'cut off',
    meaning: 'a server accepts the connection and closes it without an answer',
    next: "check that the Service's targetPort is the extension API server's port, and read its log",
  },
];
