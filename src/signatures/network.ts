/** The texts of the network between kube-apiserver and an extension server. */
import type { FailureSignature } from '../model.ts';
import { servingCertificateRows } from './serving-certificate.ts';
import { tlsRows } from './tls.ts';
import { tunnelRows } from './tunnels.ts';

export const wayRows: readonly FailureSignature[] = [
  ...servingCertificateRows,
  ...tunnelRows,
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
  ...tlsRows,
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
