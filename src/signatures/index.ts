/**
 * The texts by which Kubernetes tells why an APIService does not serve, as data: each row with what it means and with the checks that
 * would explain exactly it. The texts are Go's and kube-aggregator's, seen on kube-apiserver 1.35.4, 1.36.3 and 1.37.2.
 */
import { anonymities, rejections, silences } from '../model.ts';
import { type Signature, wayRows } from './network.ts';

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
    explainedBy: [
      'extension-servers-see-anonymous',
      ...anonymities,
      'configmap-missing',
      'configmap-requestheader-missing',
      'authentication-reader-missing',
    ],
    next: 'look at `--proxy-client-cert-file` and `--proxy-client-key-file` on each control-plane node: sudo aggctl doctor',
  },
  {
    // k8s.io/client-go, transport/transport.go: said to users while the condition stays as it was.
    name: 'root-certificates',
    matches: /unable to load root certificates/,
    short: 'bad caBundle',
    meaning: 'kube-apiserver cannot read the CAs in `spec.caBundle`',
    explainedBy: ['cabundle-unusable'],
    next: 'put the CA as PEM, encoded in base64 once, into `spec.caBundle`',
  },
  {
    name: 'no-condition',
    matches: /^NoCondition$/,
    short: 'no condition',
    meaning: 'no kube-apiserver has ever judged it',
    explainedBy: ['cabundle-unusable'],
    next: "read kube-apiserver's log for the name of the APIService, and look at the checks `poststarthook/apiservice-…` of /readyz?verbose",
  },
  {
    // k8s.io/apiserver, pkg/endpoints/filters/authorization.go: of the extension server, to all but members of system:masters.
    name: 'users-not-authorized',
    matches: /subjectaccessreviews\.authorization\.k8s\.io is forbidden/,
    short: '500',
    meaning: 'the extension server may not ask kube-apiserver what a user may do',
    explainedBy: ['authentication-delegator-missing'],
    next: "bind ClusterRole system:auth-delegator to the ServiceAccount of the extension server's pods",
  },
  {
    // The same, where it asks in a version that kube-apiserver does not serve: authorization.k8s.io/v1beta1 ended with 1.22.
    name: 'reviews-not-served',
    matches: /the server could not find the requested resource \(post (?:subjectaccessreviews|tokenreviews)\./,
    short: '500',
    meaning: 'the extension server asks what a user may do in a version of the API that kube-apiserver does not serve',
    explainedBy: [],
    next: 'install a version of the extension server that is made for this version of Kubernetes',
  },
  {
    // Not a text: each of several requests in a row, while the condition is True.
    name: 'users-unanswered',
    matches: /^UsersUnanswered$/,
    short: 'timeout',
    meaning: 'users get no answer from the extension server within 5 s',
    explainedBy: ['extension-server-slow'],
    next: "read the extension server's log: whether it reaches kube-apiserver, which it asks what each user may do",
  },
  ...wayRows,
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
    explainedBy: ['crd-version-shadowed', 'apiservice-stale', 'service-missing'],
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
    name: 'not-found',
    matches: /bad status(?: from \S+)?: 404|^404\b/,
    short: '404',
    meaning: 'the extension server does not serve this group version',
    explainedBy: ['group-version-not-served'],
    next: 'compare the group and version of the APIService with those that the extension server serves',
  },
  {
    name: 'too-many-requests',
    matches: /bad status(?: from \S+)?: 429|^429\b/,
    short: '429',
    meaning: 'the extension server turns requests away, as it serves as many as it may already',
    explainedBy: ['extension-server-overloaded'],
    next: 'look at what keeps the extension server busy, and at its limits: `--max-requests-inflight`, FlowSchemas',
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

/** Rows of the way to the extension server and of its TLS: there something can be dialled. */
export const ofTheWay: readonly string[] = wayRows.map(({ name }) => name);

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
