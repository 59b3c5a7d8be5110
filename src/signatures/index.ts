/**
 * The texts by which Kubernetes tells why an APIService does not serve, as data: each row with the hop at which the
 * request ends and what it means. The texts are Go's and kube-aggregator's, seen on kube-apiserver 1.35.4, 1.36.3 and 1.37.2.
 */
import type { FailureSignature } from '../model.ts';
import { wayRows } from './network.ts';

export const signatures: readonly FailureSignature[] = [
  {
    kind: 'http-proxy',
    matches: /proxyconnect |Proxy Authentication Required|^(?:Forbidden|Service Unavailable|Bad Gateway|Gateway Timeout)$/,
    hop: 'network',
    side: 'kube-apiserver',
    short: 'proxy',
    meaning: 'kube-apiserver dials the extension server through an HTTP proxy, which does not lead there',
    next: "look at HTTPS_PROXY and NO_PROXY in kube-apiserver's environment: NO_PROXY must hold the ClusterIPs",
  },
  {
    kind: 'egress-socket',
    matches: /dial unix \S+/,
    hop: 'network',
    side: 'kube-apiserver',
    short: 'no tunnel',
    meaning: 'kube-apiserver gets no connection to the tunnel through which it dials extension servers',
    next: 'look at konnectivity-server on the control-plane nodes, and at the file of `--egress-selector-config-file`',
  },
  {
    kind: 'rejected',
    matches: /bad status(?: from \S+)?: 401|^401\b/,
    hop: 'front proxy',
    side: 'kube-apiserver',
    short: '401',
    meaning: "the extension server rejects kube-apiserver's front-proxy certificate",
    next: "read the extension server's log: it says which fault of the certificate it is",
  },
  {
    kind: 'anonymous',
    matches: /bad status(?: from \S+)?: 403|^403\b.*system:anonymous/,
    hop: 'front proxy',
    side: 'kube-apiserver',
    short: '403',
    meaning: 'the extension server sees no client certificate of kube-apiserver and takes every request for system:anonymous',
    next: 'look at `--proxy-client-cert-file` and `--proxy-client-key-file` on each control-plane node: sudo aggctl doctor',
  },
  {
    // k8s.io/client-go, transport/transport.go: said to users while the condition stays as it was.
    kind: 'root-certificates',
    matches: /unable to load root certificates/,
    hop: 'registration',
    side: 'target',
    short: 'bad caBundle',
    meaning: 'kube-apiserver cannot read the CAs in `spec.caBundle`',
    next: 'put the CA as PEM, encoded in base64 once, into `spec.caBundle`',
  },
  {
    kind: 'no-condition',
    matches: /^NoCondition$/,
    hop: 'registration',
    side: 'target',
    short: 'no condition',
    meaning: 'no kube-apiserver has ever judged it',
    next: "read kube-apiserver's log for the name of the APIService, and look at the checks `poststarthook/apiservice-…` of /readyz?verbose",
  },
  {
    // k8s.io/apiserver, pkg/endpoints/filters/authorization.go: of the extension server, to all but members of system:masters.
    kind: 'users-not-authorized',
    matches: /subjectaccessreviews\.authorization\.k8s\.io is forbidden/,
    hop: 'delegation',
    side: 'extension server',
    short: '500',
    meaning: 'the extension server may not ask kube-apiserver what a user may do',
    next: "bind ClusterRole system:auth-delegator to the ServiceAccount of the extension server's pods",
  },
  {
    // The same, where it asks in a version that kube-apiserver does not serve: authorization.k8s.io/v1beta1 ended with 1.22.
    kind: 'reviews-not-served',
    matches: /the server could not find the requested resource \(post (?:subjectaccessreviews|tokenreviews)\./,
    hop: 'discovery',
    side: 'extension server',
    short: '500',
    meaning: 'the extension server asks what a user may do in a version of the API that kube-apiserver does not serve',
    next: 'install a version of the extension server that is made for this version of Kubernetes',
  },
  {
    // Not a text: each of several requests in a row, while the condition is True.
    kind: 'users-unanswered',
    matches: /^UsersUnanswered$/,
    hop: 'discovery',
    side: 'extension server',
    short: 'timeout',
    meaning: 'users get no answer from the extension server within 5 s',
    next: "read the extension server's log: whether it reaches kube-apiserver, which it asks what each user may do",
  },
  ...wayRows,
  {
    kind: 'weak-client-key',
    matches: /certificate RSA key size too small|crypto\/rsa: \d+-bit keys are insecure/,
    hop: 'front proxy',
    side: 'kube-apiserver',
    short: 'weak key',
    meaning: "kube-apiserver cannot sign with the front-proxy certificate's own key, which is too small",
    next: 'look at the size of the key of `--proxy-client-cert-file` on each control-plane node: sudo aggctl doctor',
  },
  {
    kind: 'connection-refused',
    matches: /connect: connection refused/,
    hop: 'network',
    side: 'target',
    short: 'refused',
    meaning: 'nothing listens at the address that kube-apiserver dials',
    next: "look at the extension server's pods and the Service's targetPort",
  },
  {
    kind: 'no-endpoints',
    matches: /^(?:MissingEndpoints|EndpointsNotFound)$|no endpoints available for service/,
    hop: 'endpoints',
    side: 'target',
    short: 'no endpoints',
    meaning: 'no ready pod stands behind the Service',
    next: "look at the extension server's pods and the Service's selector",
  },
  {
    kind: 'service-not-found',
    matches: /^ServiceNotFound$/,
    hop: 'Service',
    side: 'target',
    short: 'no Service',
    meaning: 'the Service that the APIService names does not exist',
    next: 'install the extension server again; or, once nothing is to serve this API any more, delete the APIService',
  },
  {
    kind: 'service-port',
    matches: /^ServicePortError$|no service port \d+ found/,
    hop: 'Service',
    side: 'target',
    short: 'wrong port',
    meaning: 'the Service has no port of the number that the APIService names',
    next: 'set `spec.service.port` of the APIService to a port of the Service',
  },
  {
    kind: 'headless-service',
    matches: /cannot route to service with ClusterIP "None"/,
    hop: 'Service',
    side: 'target',
    short: 'no route',
    meaning: 'kube-apiserver cannot route to a Service of this type',
    next: 'give the Service a ClusterIP',
  },
  {
    kind: 'external-name-service',
    matches: /unsupported service type "\w+"/,
    hop: 'Service',
    side: 'target',
    short: 'no route',
    meaning: 'kube-apiserver cannot route to a Service of this type',
    next: 'give the Service a ClusterIP',
  },
  {
    kind: 'not-found',
    matches: /bad status(?: from \S+)?: 404|^404\b/,
    hop: 'discovery',
    side: 'extension server',
    short: '404',
    meaning: 'the extension server does not serve this group version',
    next: 'compare the group and version of the APIService with those that the extension server serves',
  },
  {
    kind: 'too-many-requests',
    matches: /bad status(?: from \S+)?: 429|^429\b/,
    hop: 'discovery',
    side: 'extension server',
    short: '429',
    meaning: 'the extension server turns requests away, as it serves as many as it may already',
    next: 'look at what keeps the extension server busy, and at its limits: `--max-requests-inflight`, FlowSchemas',
  },
  {
    kind: 'bad-status',
    matches: /bad status(?: from \S+)?: \d+/,
    hop: 'discovery',
    side: 'extension server',
    short: 'bad status',
    meaning: 'the extension server answers its discovery path with an error',
    next: "read the extension server's log",
  },
];

/** Of a text that no row matches. */
export const other: FailureSignature = {
  kind: 'other',
  matches: /^/,
  hop: 'discovery',
  side: 'extension server',
  short: 'failing',
  meaning: 'kube-apiserver gets no usable answer from the extension server',
  next: "read the extension server's log and kube-apiserver's",
};

/** The text without what kube-aggregator puts around it: URLs, `failing or missing response`, `tls: failed to verify certificate`. */
export const innerText = (message: string): string =>
  message
    .replace(/^(?:failing or missing|no) response from \S+: /, '')
    .replace(/^error trying to reach service: /, '')
    .replace(/^Get "[^"]*": /, '')
    .replace(/^tls: failed to verify certificate: /, '')
    .replace(/^bad status from \S+: /, 'bad status: ');

/** The first row that matches the reason or the text. */
export const recognise = (reason: string, text: string): FailureSignature | undefined =>
  signatures.find(({ matches }) => matches.test(reason) || matches.test(text));
