/** Lines of metrics-server's log, 0.3 to 0.9, and what src/signatures/scrapes.ts makes of them: `NODE KIND`. */
const vmss = 'aks-nodepool1-40341403-vmss000000';
export const structured = (error: string, node = 'node-1', more = ''): string =>
  `E1123 15:04:24.090952       1 scraper.go:149] "Failed to scrape node${more}" err="${error.replaceAll('"', '\\"')}" node="${node}"`;
const get = (error: string, host = '192.0.2.21') => `Get "https://${host}:10250/metrics/resource": ${error}`;

export const scrapeLines: readonly (readonly [line: string, ...found: string[]])[] = [
  [structured(get('remote error: tls: internal error')), 'node-1 no-certificate'],
  [structured(get('remote error: tls: internal error'), vmss), `${vmss} no-certificate`],
  [
    structured(
      get("tls: failed to verify certificate: x509: cannot validate certificate for 192.0.2.21 because it doesn't contain any IP SANs"),
    ),
    'node-1 certificate',
  ],
  [structured(get('x509: certificate signed by unknown authority')), 'node-1 certificate'],
  [structured('request failed, status: "403 Forbidden"'), 'node-1 forbidden'],
  [structured('request failed, status: "401 Unauthorized"', vmss), `${vmss} forbidden`],
  [structured('request failed, status: "404 Not Found"'), 'node-1 no-endpoint'],
  [structured('request failed, status: "500 Internal Server Error"'), 'node-1 unrecognized'],
  [structured(get('dial tcp: lookup node-1 on 10.96.0.10:53: no such host', 'node-1')), 'node-1 name-unknown'],
  [
    structured(get('dial tcp: lookup forbidden-403 on 10.96.0.10:53: server misbehaving', 'forbidden-403'), 'forbidden-403'),
    'forbidden-403 name-unknown',
  ],
  [structured('no address matched types [Hostname InternalDNS]'), 'node-1 no-address'],
  [structured(get('dial tcp 10.224.0.4:10250: connect: connection refused', '10.224.0.4'), vmss), `${vmss} unreachable`],
  [structured(get('dial tcp 10.0.0.5:10250: i/o timeout')), 'node-1 unreachable'],
  [structured(get('dial tcp 10.0.0.5:10250: connect: no route to host'), 'x509.io'), 'x509.io unreachable'],
  [structured(get('context deadline exceeded')), 'node-1 no-answer'],
  [`${structured(get('context deadline exceeded'), 'node-1', ', timeout to access kubelet')} timeout="10s"`, 'node-1 no-answer'],
  [structured(get('net/http: request canceled (Client.Timeout exceeded while awaiting headers)')), 'node-1 no-answer'],
  [
    `{"ts":1795446264090.9,"caller":"scraper/scraper.go:149","msg":"Failed to scrape node","node":{"name":"${vmss}"},"err":"Get \\"https://10.224.0.4:10250/metrics/resource\\": dial tcp 10.224.0.4:10250: connect: connection refused"}`,
    `${vmss} unreachable`,
  ],
  [
    `E1123 15:04:24.090952       1 server.go:132] unable to fully scrape metrics: [unable to fully scrape metrics from node ${vmss}: unable to fetch metrics from node ${vmss}: Get "https://10.0.0.5:10250/stats/summary?only_cpu_and_memory=true": dial tcp 10.0.0.5:10250: connect: connection refused, unable to fully scrape metrics from node node-2: unable to fetch metrics from node node-2: request failed - "403 Forbidden".]`,
    `${vmss} unreachable`,
    'node-2 forbidden',
  ],
  [
    'E1123 15:04:24.090952       1 server.go:132] unable to fully scrape metrics: unable to fully scrape metrics from node node-1: unable to fetch metrics from node node-1: unable to extract connection information for node "node-1": node node-1 had no addresses that matched types [Hostname]',
    'node-1 no-address',
  ],
  [
    'E1123 15:04:24.090952       1 manager.go:111] unable to fully collect metrics: [unable to fully scrape metrics from source kubelet_summary:node-1: unable to fetch metrics from Kubelet node-1 (192.0.2.21): request failed - "401 Unauthorized", response: "Unauthorized", unable to fully scrape metrics from source kubelet_summary:node-2: unable to fetch metrics from Kubelet node-2 (node-2): Get https://node-2:10250/stats/summary/: dial tcp: lookup node-2 on 10.96.0.10:53: no such host]',
    'node-1 forbidden',
    'node-2 name-unknown',
  ],
  // No scrape failed.
  ['I1123 15:04:24.090952       1 scraper.go:137] "Scraping node" node="401"'],
  ['I1123 15:04:24.090952       1 server.go:187] "Failed probe" probe="metric-storage-ready" err="no metrics to serve"'],
  ['I1123 15:04:24.090952       1 x.go:1] "Something new" node="Failed to scrape node" err="403 Forbidden"'],
];

/** Lines of adapters' logs, and what they do not reach. */
export const dependencyLines: readonly (readonly [line: string, kind: string | undefined])[] = [
  [
    'E0930 08:05:49.220586       1 provider.go:91] keda_metrics_adapter/provider "msg"="timeout" "error"="timeout while waiting to establish gRPC connection to KEDA Metrics Service server" "server"="keda-operator.keda.svc.cluster.local:9666"',
    'keda-operator',
  ],
  [
    'W1004 22:54:13.289988       1 logging.go:55] [core] [Channel #1 SubChannel #2]grpc: addrConn.createTransport failed to connect to {Addr: "10.0.0.9:9666", ServerName: "keda-operator.keda.svc.cluster.local:9666", }. Err: connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.9:9666: connect: connection refused"',
    'keda-operator',
  ],
  [
    'E1123 15:04:24.090952       1 provider.go:186] unable to fetch metrics from prometheus: bad_response: unknown response code 503',
    'prometheus',
  ],
  [
    'E1123 15:04:24.090952       1 provider.go:229] "Unhandled Error" err="unable to update list of all metrics: unable to fetch metrics for query \\"up\\": Get \\"http://prometheus:9090/api/v1/series\\": dial tcp: lookup prometheus: no such host"',
    'prometheus',
  ],
  // An etcd that is not KEDA's operator; a success; a name.
  [
    'W1123 13:00:00.000000 1 logging.go:55] [core] grpc: addrConn.createTransport failed to connect to {Addr: "127.0.0.1:2379"}. Err: connection refused',
    undefined,
  ],
  [
    'I1123 15:04:24.090952       1 provider.go:94] "msg"="Connection to KEDA Metrics Service gRPC server has been successfully established" "server"="keda-operator.keda.svc:9666"',
    undefined,
  ],
  ['I1123 15:04:24.090952       1 x.go:1] "HTTP" URI="/apis/unable to fetch metrics from prometheus: "', undefined],
];

/** Answers of adapters to a request for a metric: whether their source fails them. */
export const adapterAnswers: readonly (readonly [status: number, text: string, fails: boolean])[] = [
  [500, 'Internal error occurred: unable to fetch metrics', true],
  [500, 'timeout while waiting to establish gRPC connection to KEDA Metrics Service server', true],
  [500, 'gRPC connection is shut down', true],
  [500, 'rpc error: code = Unavailable desc = connection error', true],
  [503, 'service unavailable', true],
  [504, 'Timeout: request did not complete within the allotted timeout', true],
  [
    500,
    'Internal error occurred: subjectaccessreviews.authorization.k8s.io is forbidden: User "system:serviceaccount:keda:adapter" cannot create resource "subjectaccessreviews"',
    true,
  ],
  [500, 'scaledObject name is not specified', false],
  [500, 'rpc error: code = Unknown desc = error when getting metric values no matching metrics found for 503', false],
  [404, 'the server could not find the metric 503 for pods', false],
  [403, 'forbidden', false],
];
