/**
 * The texts by which Kubernetes tells why an APIService does not serve, as data: each row with what it means and with the checks that
 * would explain exactly it. The texts are Go's and kube-aggregator's, seen on kube-apiserver 1.35.4, 1.36.3 and 1.37.2.
 */
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

/** Every fault of the front-proxy certificate, its CA, its names and the headers that ends in 401. */
const rejections: readonly string[] = [
  'front-proxy-client-expired',
  'front-proxy-client-not-yet-valid',
  'front-proxy-client-not-signed-by-requestheader-ca',
  'front-proxy-client-without-clientauth',
  'requestheader-ca-cannot-sign',
  'front-proxy-client-signature-insecure',
  'requestheader-ca-expired',
  'requestheader-ca-missing',
  'allowed-names-exclude-cn',
  'username-headers-missing',
  'configmap-ca-not-signer',
  'configmap-names-exclude-cn',
  'configmap-requestheader-missing',
  'configmap-missing',
  'configmap-value-unusable',
];
/** Why nothing answers behind a Service that kube-apiserver finds. */
const silences: readonly string[] = [
  'service-selects-no-pods',
  'extension-server-scaled-to-zero',
  'extension-server-not-admitted',
  'extension-server-unschedulable',
  'extension-server-image-unavailable',
  'extension-server-cannot-start',
  'extension-server-crashes',
  'extension-server-not-ready',
  'endpoints-missing',
  'endpoint-port-name-mismatch',
  'service-target-port-unknown',
  'service-target-port-wrong',
  'service-selects-wrong-pods',
  'internal-traffic-policy-without-pod',
];
/** Faults by which kube-apiserver shows no certificate at all. */
const anonymities: readonly string[] = ['proxy-client-pair-missing', 'proxy-client-pair-half'];

export const signatures: readonly Signature[] = [
  {
    name: 'http-proxy',
    matches: /proxyconnect |Proxy Authentication Required|^(?:Forbidden|Service Unavailable|Bad Gateway|Gateway Timeout)$/,
    short: 'proxy',
    meaning: 'kube-apiserver dials the extension server through an HTTP proxy, which does not lead there',
    explainedBy: ['no-proxy-without-services'],
    next: "look at HTTPS_PROXY and NO_PROXY in kube-apiserver's environment: NO_PROXY must hold the ClusterIPs",
  },
  {
    name: 'egress-socket',
    matches: /dial unix \S+/,
    short: 'no tunnel',
    meaning: 'kube-apiserver gets no connection to the tunnel through which it dials extension servers',
    explainedBy: ['egress-socket-absent'],
    next: 'look at konnectivity-server on the control-plane nodes, and at the file of `--egress-selector-config-file`',
  },
  {
    name: 'rejected',
    matches: /bad status(?: from \S+)?: 401|^401\b/,
    short: '401',
    meaning: "the extension server rejects kube-apiserver's front-proxy certificate",
    explainedBy: ['extension-servers-reject-front-proxy', ...rejections],
    next: "read the extension server's log: it says which fault of the certificate it is",
  },
  {
    name: 'anonymous',
    matches: /bad status(?: from \S+)?: 403|^403\b.*system:anonymous/,
    short: '403',
    meaning: 'the extension server sees no client certificate of kube-apiserver and takes every request for system:anonymous',
    explainedBy: ['extension-servers-see-anonymous', ...anonymities, 'configmap-missing', 'configmap-requestheader-missing'],
    next: 'look at `--proxy-client-cert-file` and `--proxy-client-key-file` on each control-plane node: sudo aggctl doctor',
  },
  {
    name: 'unknown-authority',
    matches: /x509: certificate signed by unknown authority/,
    short: 'unknown authority',
    meaning: "the extension server's serving certificate is not signed by the CA in `spec.caBundle`",
    explainedBy: ['cabundle-not-signer'],
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
    name: 'weak-client-key',
    matches: /certificate RSA key size too small|crypto\/rsa: \d+-bit keys are insecure/,
    short: 'weak key',
    meaning: "kube-apiserver cannot sign with the front-proxy certificate's own key, which is too small",
    explainedBy: ['front-proxy-client-key-weak'],
    next: 'look at the size of the key of `--proxy-client-cert-file` on each control-plane node: sudo aggctl doctor',
  },
  {
    name: 'connection-refused',
    matches: /connect: connection refused/,
    short: 'refused',
    meaning: 'nothing listens at the address that kube-apiserver dials',
    explainedBy: [...silences, 'extension-server-down'],
    next: "look at the extension server's pods and the Service's targetPort",
  },
  {
    name: 'no-endpoints',
    matches: /^(?:MissingEndpoints|EndpointsNotFound)$|no endpoints available for service/,
    short: 'no endpoints',
    meaning: 'no ready pod stands behind the Service',
    explainedBy: [...silences, 'extension-server-down'],
    next: "look at the extension server's pods and the Service's selector",
  },
  {
    name: 'service-not-found',
    matches: /^ServiceNotFound$/,
    short: 'no Service',
    meaning: 'the Service that the APIService names does not exist',
    explainedBy: ['service-missing'],
    next: 'install the extension server again; or, once nothing is to serve this API any more, delete the APIService',
  },
  {
    name: 'service-port',
    matches: /^ServicePortError$|no service port \d+ found/,
    short: 'wrong port',
    meaning: 'the Service has no port of the number that the APIService names',
    explainedBy: ['service-port-missing'],
    next: 'set `spec.service.port` of the APIService to a port of the Service',
  },
  {
    name: 'not-routable',
    matches: /cannot route to service with ClusterIP "None"|unsupported service type "\w+"/,
    short: 'no route',
    meaning: 'kube-apiserver cannot route to a Service of this type',
    explainedBy: ['service-not-routable'],
    next: 'give the Service a ClusterIP',
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
    name: 'timeout',
    matches: /context deadline exceeded|Client\.Timeout exceeded|i\/o timeout|timed out waiting/,
    short: 'timeout',
    meaning: 'kube-apiserver gets no answer from the extension server within 5 s',
    explainedBy: ['egress-socket-absent', ...silences],
    next: 'open the port of the extension server from the control-plane nodes (firewall, NetworkPolicy, security group)',
  },
  {
    name: 'not-https',
    matches: /server gave HTTP response to HTTPS client/,
    short: 'plain HTTP',
    meaning: 'the extension server speaks plain HTTP at this port, and kube-apiserver only HTTPS',
    explainedBy: [],
    next: "point the Service's targetPort to the TLS port",
  },
  {
    name: 'bad-status',
    matches: /bad status(?: from \S+)?: \d+/,
    short: 'bad status',
    meaning: 'the extension server answers its discovery path with an error',
    explainedBy: [],
    next: "read the extension server's log",
  },
];

/** Rows of faults on kube-apiserver's side: what stands behind the Service has no part in them. */
export const ofKubeApiserver: readonly string[] = ['http-proxy', 'egress-socket', 'rejected', 'anonymous', 'weak-client-key'];

/** The text without what kube-aggregator puts around it: URLs, `failing or missing response`, `tls: failed to verify certificate`. */
export const innerText = (message: string): string =>
  message
    .replace(/^(?:failing or missing|no) response from \S+: /, '')
    .replace(/^error trying to reach service: /, '')
    .replace(/^Get "[^"]*": /, '')
    .replace(/^tls: failed to verify certificate: /, '')
    .replace(/^bad status from \S+: /, 'bad status: ');

/** The first row that matches the reason or the text. */
export const recognise = (reason: string, text: string): Signature | undefined =>
  signatures.find(({ matches }) => matches.test(reason) || matches.test(text));
