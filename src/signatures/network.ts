/** The texts of the network between kube-apiserver and an extension server, and of its TLS. */
import { silences } from '../model.ts';

export interface Signature {
  readonly name: string;
  /** Matched against the condition's reason, or the text without the URLs around it. */
  readonly matches: RegExp;
  readonly short: string;
  readonly meaning: string;
  readonly explainedBy: readonly string[];
  /** What tells the candidates apart. */
  readonly next: string;
}

export const wayRows: readonly Signature[] = [
  {
    // kube-apiserver looks at the dates, then the name, then the signatures, then the usage: the first that is wrong is what it says.
    name: 'serving-expired',
    matches: /x509: certificate has expired or is not yet valid: current time \S+ is after /,
    short: 'expired',
    meaning: "the extension server's serving certificate, or a CA above it, has expired",
    explainedBy: ['cabundle-expired', 'serving-certificate-expired'],
    next: 'issue a new serving certificate; where its own dates are good, renew the CA in `spec.caBundle`',
  },
  {
    name: 'serving-not-yet-valid',
    matches: /x509: certificate has expired or is not yet valid: current time \S+ is before /,
    short: 'not yet valid',
    meaning: "by kube-apiserver's clock the extension server's serving certificate, or a CA above it, is not valid yet",
    explainedBy: ['serving-certificate-not-yet-valid'],
    next: 'compare the clock of the control-plane node with that of the one who issued the certificate',
  },
  {
    name: 'serving-names',
    matches:
      /x509: certificate (?:is valid for .* not \S+|is not valid for any names|relies on legacy Common Name)|doesn't contain any IP SANs/,
    short: 'wrong name',
    meaning: "the extension server's serving certificate is not for the name of the Service",
    explainedBy: ['serving-certificate-names-exclude-service'],
    next: 'issue a serving certificate whose SAN is `SERVICE.NAMESPACE.svc`',
  },
  {
    name: 'serving-usage',
    matches: /x509: certificate specifies an incompatible key usage/,
    short: 'wrong usage',
    meaning: "the extension server's serving certificate, or a CA above it, is not for servers",
    explainedBy: ['serving-certificate-without-serverauth'],
    next: 'issue a serving certificate with the extended key usage serverAuth',
  },
  {
    name: 'serving-signature',
    matches: /x509: .*insecure algorithm/,
    short: 'weak signature',
    meaning: "the extension server's serving certificate has a signature that Go does not accept any more",
    explainedBy: ['serving-certificate-signature-insecure'],
    next: 'issue the serving certificate anew with SHA-256',
  },
  {
    name: 'ca-cannot-sign',
    matches: /x509: .*(?:parent certificate cannot sign|not authorized to sign|too many intermediates for path length)/,
    short: 'no CA',
    meaning: 'a certificate in `spec.caBundle`, or between it and the serving certificate, may not sign it',
    explainedBy: ['cabundle-cannot-sign'],
    next: 'look at basicConstraints, keyUsage and name constraints of the CA',
  },
  {
    name: 'unknown-authority',
    matches: /x509: certificate signed by unknown authority/,
    short: 'unknown authority',
    meaning: "the extension server's serving certificate is not signed by the CA in `spec.caBundle`",
    explainedBy: ['cabundle-not-injected', 'cabundle-not-signer'],
    next: 'compare the issuer of the serving certificate with `spec.caBundle`',
  },
  {
    name: 'serving-certificate',
    matches: /x509: /,
    short: 'bad certificate',
    meaning: "kube-apiserver does not accept the extension server's serving certificate",
    explainedBy: [],
    next: 'issue a serving certificate whose SAN is `SERVICE.NAMESPACE.svc` and that is valid now',
  },
  {
    // k3s-io/k3s, pkg/daemons/control/tunnel.go: kube-apiserver dials pods through the agents' tunnels.
    name: 'k3s-tunnel',
    matches: /proxy error from \S+ while dialing \S+, code \d+/,
    short: 'tunnel',
    meaning: "k3s's tunnel to the agent of that node does not get through to the pod",
    explainedBy: [],
    next: 'look at the k3s service on the node of the pod, and at `egress-selector-mode` in its configuration',
  },
  {
    // konnectivity-client, pkg/client/client.go: the proxy server has no agent, or the tunnel broke.
    name: 'konnectivity',
    matches: /No agent available|rpc error: code = Unavailable|tunnel .*timed? ?out|dial timed out from/i,
    short: 'no agent',
    meaning: 'konnectivity-server has no agent through which it reaches the nodes; logs and exec of pods fail likewise',
    explainedBy: ['egress-socket-absent'],
    next: 'look at the konnectivity-agent pods in kube-system, and whether they reach the control plane',
  },
  {
    name: 'address-not-allowed',
    matches: /Address is not allowed/,
    short: 'not allowed',
    meaning: "EKS' control plane dials only addresses of the VPC, and the pod's is none of them (an overlay network)",
    explainedBy: [],
    next: 'run the extension server with `hostNetwork: true`, or with the VPC CNI',
  },
  {
    name: 'http2-lost',
    matches: /http2: client connection lost|http2: (?:server sent GOAWAY|Transport received)/,
    short: 'lost',
    meaning: 'a kept connection to the extension server died; kube-apiserver finds out within 45 s and dials anew',
    explainedBy: [],
    next: 'ask again in a minute; where it comes back, look for what drops idle connections between the control plane and the nodes',
  },
  {
    name: 'no-such-host',
    matches: /lookup \S+.*(?:no such host|server misbehaving|i\/o timeout)/,
    short: 'no host',
    meaning: "the control-plane node's resolver does not know the name of the ExternalName Service",
    explainedBy: [],
    next: 'resolve the name on each control-plane node: kube-apiserver asks the resolver of its node, not the DNS of the cluster',
  },
  {
    name: 'no-route',
    matches: /connect: no route to host|network is unreachable|host is unreachable|connect: invalid argument/,
    short: 'no route',
    meaning: 'the control-plane node has no way to the address that kube-apiserver dials',
    explainedBy: ['aggregator-routing-wrong', 'extension-server-no-route'],
    next: "look at the control-plane node's routes, firewall and CNI",
  },
  {
    name: 'timeout',
    matches:
      /context deadline exceeded|Client\.Timeout exceeded|i\/o timeout|timed out waiting|TLS handshake timeout|request canceled|did not complete within/,
    short: 'timeout',
    meaning: 'kube-apiserver gets no answer from the extension server within 5 s',
    explainedBy: ['egress-socket-absent', 'aggregator-routing-wrong', 'extension-server-slow', 'extension-server-no-answer', ...silences],
    next: 'open the port of the extension server from the control-plane nodes (firewall, NetworkPolicy, security group)',
  },
  {
    name: 'not-https',
    matches: /server gave HTTP response to HTTPS client|first record does not look like a TLS handshake/,
    short: 'plain HTTP',
    meaning: 'the extension server speaks plain HTTP at this port, and kube-apiserver only HTTPS',
    explainedBy: ['extension-server-not-https'],
    next: "point the Service's targetPort to the TLS port",
  },
  {
    name: 'tls-too-old',
    matches: /tls: protocol version not supported|server selected unsupported protocol version/,
    short: 'old TLS',
    meaning: 'the extension server speaks no TLS 1.2 or later, and kube-apiserver nothing older',
    explainedBy: ['extension-server-without-tls-1-2'],
    next: 'have the extension server offer TLS 1.2 or 1.3',
  },
  {
    name: 'no-common-cipher',
    matches: /tls: handshake failure|server chose an unconfigured cipher suite|tls: no (?:supported|mutual) /,
    short: 'no cipher',
    meaning: 'the extension server and kube-apiserver have no cipher suite or curve in common',
    explainedBy: ['extension-server-without-common-cipher'],
    next: "look at the extension server's list of cipher suites: it must hold one with ECDHE",
  },
  {
    name: 'rejects-client-ca',
    matches:
      /remote error: tls: (?:unknown certificate authority|bad certificate|certificate required|unsupported certificate|certificate unknown|expired certificate|access denied)/,
    short: 'TLS client',
    meaning: "the extension server ends the handshake because of kube-apiserver's client certificate",
    explainedBy: ['extension-server-rejects-client-ca'],
    next: 'have the extension server ask for a client certificate without verifying it in TLS',
  },
  {
    name: 'cut-off',
    matches:
      /connection reset by peer|broken pipe|(?:^|: |\s)EOF$|unexpected EOF|stream error: .*INTERNAL_ERROR|server closed (?:idle )?connection/,
    short: 'cut off',
    meaning: 'something takes the connection and ends it without an answer',
    explainedBy: ['extension-server-rejects-connections'],
    next: "look whether the Service's targetPort is the extension server's, and at its log",
  },
];
