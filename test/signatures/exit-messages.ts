/** Lines of logs of extension servers, and the row of src/signatures that each is recognised by. */

const forbidden =
  'unable to load configmap based request-header-client-ca-file: configmaps "extension-apiserver-authentication" is forbidden: User "system:serviceaccount:wardle:apiserver" cannot get resource "configmaps" in API group "" in the namespace "kube-system"';

/** k8s.io/apiserver v0.37.2, pkg/server/options/authentication.go: what the first request to kube-apiserver ends with. */
const url = 'https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication';
const load = (error: string) => `unable to load configmap based request-header-client-ca-file: ${error}`;
const get = (error: string) => load(`Get "${url}": ${error}`);
const unknown = get('tls: failed to verify certificate: x509: certificate signed by unknown authority');

/** One text in the formats of loggers, and the row that it becomes. */
const formats = (kind: string, text: string): readonly (readonly [kind: string, line: string])[] =>
  [
    // component-base, cli/run.go, in klog's two formats (logs/json/json.go); cobra; klog.Fatal.
    `E1123 13:00:00.000000       1 run.go:72] "command failed" err=${JSON.stringify(text)}`,
    JSON.stringify({ ts: 1795438800000.1, caller: 'cli/run.go:72', msg: 'command failed', err: text }),
    `Error: ${text}`,
    `F1123 13:00:00.000000       1 main.go:72] ${text}`,
    // go-logr/zapr and controller-runtime over zap v1.28.0, in JSON and for a console.
    JSON.stringify({ level: 'error', ts: '2026-11-23T13:00:00Z', logger: 'setup', msg: 'problem running manager', error: text }),
    `2026-11-23T13:00:00.123Z\tERROR\tsetup\tproblem running manager\t${JSON.stringify({ error: text })}`,
    JSON.stringify({ level: 'fatal', ts: 1795438800.1, caller: 'main.go:72', msg: text }),
    // sirupsen/logrus v1.9.4, text_formatter.go and json_formatter.go.
    `time="2026-11-23T13:00:00Z" level=fatal msg=${JSON.stringify(text)}`,
    `time="2026-11-23T13:00:00Z" level=error msg="cannot start" error=${JSON.stringify(text)}`,
    `\x1b[31mFATA\x1b[0m[0000] ${text}`,
    JSON.stringify({ level: 'fatal', msg: text, time: '2026-11-23T13:00:00Z' }),
    // golang/go, log and runtime.
    `2026/11/23 13:00:00 main.go:72: ${text}`,
    `2026/11/23 13:00:00 ${text}`,
    `panic: ${text}`,
  ].map((line) => [kind, line]);

export const exitMessageTexts: readonly (readonly [kind: string, line: string])[] = [
  ...formats('configmap-forbidden', forbidden),
  ...formats('kube-apiserver-distrusted', unknown),
  ...['Unauthorized', 'the server has asked for the client to provide credentials (get configmaps)'].flatMap((error) =>
    formats('token-rejected', load(error)),
  ),
  ['token-rejected', 'W1123 13:00:00.000000 1 reflector.go:561] failed to list *v1.ConfigMap: Unauthorized'],
  ...[
    'context deadline exceeded',
    'net/http: TLS handshake timeout',
    'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
    'EOF',
    'read tcp 10.244.0.7:40000->10.96.0.1:443: read: connection reset by peer',
    'http2: client connection lost',
  ].map((error) => ['kube-apiserver-silent', `Error: ${get(error)}`] as const),
  ...['connection timed out', 'operation not permitted'].map(
    (error) => ['kube-apiserver-unreachable', `Error: ${get(`dial tcp 10.96.0.1:443: connect: ${error}`)}`] as const,
  ),
  ['kube-apiserver-unreachable', `Error: ${get('dial tcp: lookup cp-1 on 10.96.0.10:53: server misbehaving')}`],
  [
    'configmap-lacks-client-ca',
    "W1123 13:00:00.000000 1 x.go:1] cluster doesn't provide client-ca-file in configmap/extension-apiserver-authentication in kube-system, so client certificate authentication won't work.",
  ],
  [
    'configmap-lacks-client-ca',
    'E1123 13:00:00.000000 1 x.go:1] "Unhandled Error" err="kube-system/extension-apiserver-authentication failed with : missing content for CA bundle \\"client-ca::kube-system::extension-apiserver-authentication::client-ca-file\\""',
  ],
  ['configmap-lacks-client-ca', 'Error: client-ca-file not found in configmap'],
  ['file-absent', 'Error: unable to load client CA provider: open /etc/ca: no such file or directory'],
  [
    'configmap-forbidden',
    "W1123 13:00:00.000000       1 authentication.go:397] Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by 'kubectl create rolebinding -n kube-system ROLEBINDING_NAME --role=extension-apiserver-authentication-reader --serviceaccount=YOUR_NS:YOUR_SA'",
  ],
  [
    'configmap-unusable',
    "unable to load configmap based request-header-client-ca-file: invalid character 'b' looking for beginning of value",
  ],
  ['configmap-unusable', 'unable to load configmap based request-header-client-ca-file: unexpected end of JSON input'],
  [
    'configmap-unusable',
    'unable to load configmap based request-header-client-ca-file: json: cannot unmarshal object into Go value of type []string',
  ],
  [
    'kube-apiserver-distrusted',
    'Error: unable to load configmap based request-header-client-ca-file: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
  ],
  [
    'kube-apiserver-certificate',
    'Error: unable to load configmap based request-header-client-ca-file: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": tls: failed to verify certificate: x509: certificate is valid for 192.0.2.10, not 10.96.0.1',
  ],
  [
    'token-rejected',
    'E1123 15:04:24.090952 1 reflector.go:150] "Failed to watch" err="failed to list *v1.ConfigMap: Get \\"https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps\\": Unauthorized"',
  ],
  [
    'kubelet-without-certificate',
    'E1123 15:04:24.090952 1 scraper.go:149] "Failed to scrape node" err="Get \\"https://192.0.2.21:10250/metrics/resource\\": remote error: tls: internal error" node="node-1"',
  ],
  [
    'kubelet-unresolved',
    'E1123 15:04:24.090952 1 scraper.go:149] "Failed to scrape node" err="Get \\"https://node-1:10250/metrics/resource\\": dial tcp: lookup node-1 on 10.96.0.10:53: no such host" node="node-1"',
  ],
  [
    'kubelet-certificates',
    'E1123 15:04:24.090952 1 server.go:132] unable to fully scrape metrics: [unable to fully scrape metrics from node node-2: unable to fetch metrics from node node-2: Get "https://192.0.2.22:10250/stats/summary?only_cpu_and_memory=true": x509: cannot validate certificate for 192.0.2.22 because it doesn\'t contain any IP SANs]',
  ],
  [
    'kubelet-forbidden',
    'E1123 15:04:24.090952 1 manager.go:111] unable to fully collect metrics: [unable to fully scrape metrics from source kubelet_summary:node-1: unable to fetch metrics from Kubelet node-1 (192.0.2.21): request failed - "403 Forbidden", response: "Forbidden"]',
  ],
  [
    'kubelet-unreachable',
    'E1123 15:04:24.090952 1 scraper.go:149] "Failed to scrape node" err="Get \\"https://10.224.0.4:10250/metrics/resource\\": dial tcp 10.224.0.4:10250: connect: connection refused" node="aks-40341403-vmss000401"',
  ],
  ['configmap-lacks', 'Error: configmaps "extension-apiserver-authentication" not found'],
  ['configmap-lacks', "Error: cluster doesn't provide requestheader-client-ca-file"],
  [
    'kube-apiserver-unreachable',
    'Error: unable to load configmap based request-header-client-ca-file: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": dial tcp 10.96.0.1:443: i/o timeout',
  ],
  [
    'kube-apiserver-unreachable',
    'Error: unable to load configmap based request-header-client-ca-file: Get "https://cp-1:6443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": dial tcp: lookup cp-1 on 10.96.0.10:53: no such host',
  ],
  ...['no route to host', 'connection refused', 'network is unreachable'].map(
    (error) =>
      ['kube-apiserver-unreachable', `Get "https://10.96.0.1:443/api/v1/nodes": dial tcp 10.96.0.1:443: connect: ${error}`] as const,
  ),
  [
    'no-token',
    'panic: failed to get delegated authentication kubeconfig: failed to get delegated authentication kubeconfig: unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined',
  ],
  ['no-token', 'open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory'],
  ...['tls.crt', 'tls.key', 'cert.pem'].map((file) => ['file-absent', `Error: open /serving/${file}: no such file or directory`] as const),
  [
    'informer-not-served',
    'E1123 13:00:00.000000 1 reflector.go:227] "Failed to watch" err="failed to list *v1.MutatingAdmissionPolicy: the server could not find the requested resource (get mutatingadmissionpolicies.admissionregistration.k8s.io)" logger="UnhandledError"',
  ],
  ['etcd-not-named', 'Error: --etcd-servers must be specified'],
  ['etcd-down', 'F1123 13:00:00.000000       1 x.go:1] error getting data from etcd: context deadline exceeded'],
  ['etcd-down', 'etcd client connection not yet established'],
  ['etcd-down', 'etcd grpc connection not ready: context deadline exceeded'],
  ['etcd-down', 'panic: unable to create REST storage for a resource due to dial tcp: lookup etcd: no such host, will die'],
  [
    'etcd-down',
    'F1123 13:00:00.000000       1 x.go:1] Unable to create storage backend: config (&{ /registry }), err (context deadline exceeded)',
  ],
  [
    'etcd-down',
    'panic: unable to create REST storage for a resource due to etcd grpc connection not ready: context deadline exceeded, will die',
  ],
  [
    'etcd-down',
    'W1123 13:00:00.000000 1 logging.go:55] [core] [Channel #1] grpc: addrConn.createTransport failed to connect to {Addr: "localhost:2379", }. Err: connection error: desc = "transport: Error while dialing: dial tcp 127.0.0.1:2379: connect: connection refused"',
  ],
  [
    'etcd-down',
    'W1123 17:06:33.200579       1 logging.go:59] [core] [Channel #22 SubChannel #23] grpc: addrConn.createTransport failed to connect to {Addr: "127.0.0.1:2379", ServerName: "127.0.0.1:2379", }. Err: connection error: desc = "error reading server preface: read tcp 127.0.0.1:53624->127.0.0.1:2379: use of closed network connection"',
  ],
  [
    'port-taken',
    'Error: failed to create listener: failed to listen on 0.0.0.0:10250: listen tcp 0.0.0.0:10250: bind: address already in use',
  ],
  [
    'port-not-permitted',
    'Error: failed to create listener: failed to listen on 0.0.0.0:443: listen tcp 0.0.0.0:443: bind: permission denied',
  ],
  ['certificates-not-writable', 'Error: error creating self-signed certificates: mkdir apiserver.local.config: permission denied'],
  ['certificates-not-writable', 'Error: error creating self-signed certificates: mkdir apiserver.local.config: read-only file system'],
  ['argument-unknown', 'Error: unknown flag: --enable-swagger-ui'],
  ['argument-unknown', 'flag provided but not defined: -enable-swagger-ui'],
  ['argument-unknown', 'Error: invalid argument "maybe" for "--profiling" flag: strconv.ParseBool: parsing "maybe": invalid syntax'],
  ['argument-unknown', 'Error: flag needs an argument: --etcd-servers'],
  ...['subjectaccessreviews.authorization.k8s.io', 'tokenreviews.authentication.k8s.io'].map(
    (review) => ['too-old', `Error: the server could not find the requested resource (post ${review})`] as const,
  ),
  ['too-old', 'Failed to make webhook authorizer request: the server could not find the requested resource'],
  ['other-architecture', 'exec /metrics-server: exec format error'],
  [
    'kubelet-certificates',
    `E1123 13:00:00.000000       1 scraper.go:149] "Failed to scrape node" err="Get \\"https://10.0.0.5:10250/metrics/resource\\": tls: failed to verify certificate: x509: cannot validate certificate for 10.0.0.5 because it doesn't contain any IP SANs" node="cp-1"`,
  ],
  [
    'kubelet-forbidden',
    'E1123 13:00:00.000000 1 scraper.go:149] "Failed to scrape node" err="request failed, status: \\"403 Forbidden\\"" node="cp-1"',
  ],
  [
    'kubelet-forbidden',
    'E1123 13:00:00.000000 1 scraper.go:149] "Failed to scrape node" err="request failed, status: \\"401 Unauthorized\\"" node="cp-1"',
  ],
  [
    'informer-forbidden',
    'reflector.go:138] Failed to watch *v1.Node: nodes is forbidden: User "system:serviceaccount:kube-system:metrics-server" cannot watch resource "nodes"',
  ],
  ['informer-not-served', 'reflector.go:138] Failed to watch *v1.PodMetrics: the server could not find the requested resource'],
  [
    'informer-forbidden',
    `E1123 13:00:00.000000 1 reflector.go:227] "Failed to watch" err="failed to list *v1.Node: nodes is forbidden: User \\"system:serviceaccount:kube-system:metrics-server\\" cannot list resource \\"nodes\\" in API group \\"\\" at the cluster scope" logger="UnhandledError"`,
  ],
  [
    'informer-not-served',
    'E1123 17:27:47.397270       1 reflector.go:227] "Failed to watch" err="failed to list *v1.MutatingAdmissionPolicy: the server could not find the requested resource" reflector="k8s.io/client-go@v0.37.2/tools/cache/reflector.go:343" type="*v1.MutatingAdmissionPolicy"',
  ],
  ['kubelet-unreachable', 'E1123 13:00:00.000000 1 scraper.go:149] "Failed to scrape node" err="context deadline exceeded" node="cp-1"'],
];

/** What names no reason, whatever the names in it are. */
export const noExitMessages: readonly string[] = [
  // A Prometheus, which prometheus-adapter asks, has the path /api/v1, too.
  'Error: Get "https://thanos.monitoring.svc:443/api/v1/query?query=up": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  'Error: Get "https://thanos.monitoring.svc:443/api/v1/series": dial tcp 10.96.0.9:443: connect: connection refused',
  'Error: Get "https://10.96.0.1:443/api/v1/namespaces/eof/configmaps/unauthorized": something new',
];

const etcd = 'W1123 13:00:00.000000 1 logging.go:55] dial tcp 127.0.0.1:2379: connect: connection refused\n';
const scraped = 'E1123 13:00:00.000000 1 scraper.go:149] "Failed to scrape node" err="x"\n';
const from = (since: string, now: string) => ({ since: new Date(`2026-11-23T${since}Z`), now: new Date(`2026-11-23T${now}Z`) });
/** Logs of containers that run: what they have outlived says nothing. */
export const ofRunning: readonly (readonly [name: string, log: string, running: ReturnType<typeof from>, kind: string | undefined])[] = [
  ['etcd comes up within 10 s', etcd, from('12:59:50', '13:01:00'), undefined],
  ['etcd is down after 11 s', etcd, from('12:59:49', '13:01:00'), 'etcd-down'],
  ['etcd was down three minutes ago', etcd, from('12:00:00', '13:03:00'), undefined],
  ['etcd was down just before', etcd, from('12:00:00', '13:02:59'), 'etcd-down'],
  ['whenever that was', scraped, from('12:59:58', '13:05:00'), 'kubelet-unreachable'],
  ['a row of servers that ended', 'listen tcp :1: bind: address already in use', from('12:00:00', '13:00:00'), undefined],
];
