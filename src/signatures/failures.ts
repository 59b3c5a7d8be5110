/**
 * Kubernetes' messages about an APIService that does not serve, as data: each row with the hop at which the request
 * ends and its meaning. The texts are Go's and kube-aggregator's, seen on kube-apiserver 1.35.4, 1.36.3 and 1.37.2. Each expression begins at
 * the start of what `innerText` or `answerText` leaves: names, certificates and the bodies of answers hold any words.
 */
import type { FailureSignature } from '../model.ts';
import { wayRows } from './network.ts';
import { serviceRows } from './service.ts';

export const signatures: readonly FailureSignature[] = [
  {
    // golang/go, net/http/transport.go (dialConn), go1.26: of a CONNECT that is refused only the reason phrase is left; and internal/socks.
    kind: 'http-proxy',
    matches:
      /^(?:proxyconnect |socks connect |malformed HTTP |unknown status code$)|^(?:Forbidden|Proxy Authentication Required|Bad Gateway|Service Unavailable|Gateway Time-?out)(?: \(.*)?$|^(?:Bad Request|Unauthorized|Payment Required|Not Found|Method Not Allowed|Request Time-?out|Too Many Requests|Unavailable For Legal Reasons|Internal Server Error|Not Implemented|HTTP Version Not Supported|Access Denied|Filtered|Unable to connect)$/i,
    hop: 'network',
    side: 'kube-apiserver',
    short: 'proxy',
    meaning: 'kube-apiserver dials the extension server through an HTTP proxy that cannot reach it',
    next: "check HTTPS_PROXY and NO_PROXY in kube-apiserver's environment: NO_PROXY must contain the ClusterIPs",
  },
  {
    // k8s.io/apiserver, pkg/server/egressselector/egress_selector.go, v0.37.2; gRPC says so of a konnectivity-server that it cannot connect to.
    kind: 'egress-socket',
    matches: /^(?:rpc error: code = \w+ desc = [^/]{0,200})?dial unix \S+: |^rpc error: code = Unavailable desc = connection error: /,
    hop: 'network',
    side: 'kube-apiserver',
    short: 'no tunnel',
    meaning: 'kube-apiserver cannot connect to the tunnel through which it dials extension API servers',
    next: 'check konnectivity-server, which runs beside kube-apiserver, and the file in `--egress-selector-config-file`',
  },
  {
    kind: 'rejected',
    matches: /^bad status: 401$|^401 /,
    hop: 'front proxy',
    side: 'kube-apiserver',
    short: '401',
    meaning: "the extension API server rejects kube-apiserver's front-proxy certificate",
    next: "read the extension API server's log: it names the fault of the certificate",
  },
  {
    kind: 'anonymous',
    matches: /^bad status: 403$|^403 .*system:anonymous/s,
    hop: 'front proxy',
    side: 'kube-apiserver',
    short: '403',
    meaning: 'the extension API server gets no client certificate from kube-apiserver and sees every request as system:anonymous',
    next: 'check `--proxy-client-cert-file` and `--proxy-client-key-file` of each kube-apiserver',
  },
  {
    // k8s.io/client-go, transport/transport.go: said to users while the condition stays as it was.
    kind: 'root-certificates',
    matches: /^(?:500 )?unable to load root certificates: /,
    hop: 'registration',
    side: 'target',
    short: 'bad caBundle',
    meaning: 'kube-apiserver cannot read the CAs in `spec.caBundle`',
    next: 'set `spec.caBundle` to the CA as PEM, base64-encoded once',
  },
  {
    kind: 'no-condition',
    matches: /^NoCondition$/,
    hop: 'registration',
    side: 'target',
    short: 'no condition',
    meaning: 'no kube-apiserver has ever probed it',
    next: "search kube-apiserver's log for the name of the APIService, and check `poststarthook/apiservice-…` in /readyz?verbose",
  },
  {
    // k8s.io/apiserver, pkg/endpoints/filters/authorization.go: of the extension server, to all but members of system:masters.
    kind: 'users-not-authorized',
    matches: /^500 .*subjectaccessreviews\.authorization\.k8s\.io is forbidden: User "/s,
    hop: 'delegation',
    side: 'extension server',
    short: '500',
    meaning: 'the extension API server lacks the right to send SubjectAccessReviews to kube-apiserver',
    next: "bind ClusterRole system:auth-delegator to the ServiceAccount of the extension API server's pods",
  },
  {
    // The same, where it asks in a version that kube-apiserver does not serve: authorization.k8s.io/v1beta1 ended with 1.22.
    kind: 'reviews-not-served',
    matches: /^500 .*the server could not find the requested resource \(post (?:subjectaccessreviews|tokenreviews)\./s,
    hop: 'discovery',
    side: 'extension server',
    short: '500',
    meaning: 'the extension API server sends reviews in an API version that kube-apiserver does not serve',
    next: 'install a version of the extension API server that supports this version of Kubernetes',
  },
  {
    // etcd v3.6.16, api/v3rpc/rpctypes/error.go, and gRPC: of a storage behind the extension server, in its own answer.
    kind: 'storage-down',
    matches:
      /^50\d .*\b(?:rpc error: code = (?:Unavailable|DeadlineExceeded)|etcdserver: (?:request timed out|no leader|leader changed|server stopped|unhealthy cluster|too many requests|mvcc: database space exceeded))/s,
    hop: 'discovery',
    side: 'extension server',
    short: 'storage',
    meaning: 'the etcd of the extension API server does not answer, or rejects its requests',
    next: "check its etcd and `--etcd-servers`, and read the extension API server's log",
  },
  {
    // Not a text: each of several requests in a row, while the condition is True.
    kind: 'users-unanswered',
    matches: /^UsersUnanswered$/,
    hop: 'discovery',
    side: 'extension server',
    short: 'timeout',
    meaning: 'the extension API server does not answer users within 5 s',
    next: "check in the extension API server's log that it can reach kube-apiserver, to which it sends a review for each user",
  },
  ...wayRows,
  {
    kind: 'weak-client-key',
    matches: /^(?:tls: failed to sign handshake: )?(?:tls: certificate RSA key size too small|crypto\/rsa: \d+-bit keys are insecure)/,
    hop: 'front proxy',
    side: 'kube-apiserver',
    short: 'weak key',
    meaning: "kube-apiserver cannot sign with the front-proxy certificate's own key, which is too small",
    next: 'check the key size of `--proxy-client-cert-file` of each kube-apiserver',
  },
  {
    kind: 'connection-refused',
    matches: /^dial tcp\d? \S+: connect: connection refused/,
    hop: 'network',
    side: 'target',
    short: 'refused',
    meaning: 'nothing listens at the address that kube-apiserver dials',
    next: "check the extension API server's pods and the Service's targetPort",
  },
  ...serviceRows,
  {
    kind: 'not-found',
    matches: /^bad status: 404$|^404 /,
    hop: 'discovery',
    side: 'extension server',
    short: '404',
    meaning: 'the extension API server does not serve this group version',
    next: 'compare the group and version of the APIService with those that the extension API server serves',
  },
  {
    kind: 'too-many-requests',
    matches: /^bad status: 429$|^429 /,
    hop: 'discovery',
    side: 'extension server',
    short: '429',
    meaning: 'the extension API server is at its concurrency limit',
    next: 'check the load of the extension API server and its limits: `--max-requests-inflight`, FlowSchemas',
  },
  {
    // linkerd/linkerd2, viz/tap/api/server.go (validate), 2.20: `no valid CN found. allowed names: [...], client names: [...]`.
    kind: 'bad-request',
    matches: /^bad status: 400$|^400 .*no valid CN found\. /s,
    hop: 'front proxy',
    side: 'extension server',
    short: '400',
    meaning:
      "the extension API server answers 400; Linkerd's tap does so if the name in kube-apiserver's front-proxy certificate is not allowed",
    next: "compare that name with `requestheader-allowed-names` in ConfigMap kube-system/extension-apiserver-authentication, and read the extension API server's log",
  },
  {
    kind: 'bad-status',
    matches: /^bad status: \d+$/,
    hop: 'discovery',
    side: 'extension server',
    short: 'bad status',
    meaning: 'the extension API server returns an error for its discovery path',
    next: "read the extension API server's log",
  },
];
