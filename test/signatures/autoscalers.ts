/** What HorizontalPodAutoscalers say, and what metrics providers log. */
import type { ComplaintKind, DependencyKind, ScrapeKind } from '../../src/model.ts';

const controller = 'system:serviceaccount:kube-system:horizontal-pod-autoscaler';
const computing = 'the HPA was unable to compute the replica count: ';
const resource = `${computing}failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: `;
const pods = `${computing}unable to get metric http_requests: unable to fetch metrics from custom metrics API: `;
const external = `${computing}unable to get external metric 503/s0-queue/nil: unable to fetch metrics from external metrics API: `;

/** Reason and message of ScalingActive. kubernetes/kubernetes, pkg/controller/podautoscaler, v1.37.2; the errors as the table cites them. */
export const conditions: readonly (readonly [reason: string, message: string, api: string | null, kind?: ComplaintKind])[] = [
  [
    'FailedGetResourceMetric',
    `${resource}the server is currently unable to handle the request (get pods.metrics.k8s.io)`,
    'metrics.k8s.io',
    'unserved',
  ],
  [
    'FailedGetContainerResourceMetric',
    `${resource}the server could not find the requested resource (get pods.metrics.k8s.io)`,
    'metrics.k8s.io',
    'not-served',
  ],
  [
    'FailedGetResourceMetric',
    `${computing}failed to get cpu utilization: did not receive metrics for targeted pods (pods might be unready)`,
    'metrics.k8s.io',
    'no-pod-metrics',
  ],
  [
    'FailedGetResourceMetric',
    `${computing}failed to get memory utilization: unable to get metrics for resource memory: no metrics returned from resource metrics API`,
    'metrics.k8s.io',
    'no-pod-metrics',
  ],
  ['FailedGetPodsMetric', `${pods}the server could not find the metric http_requests for pods`, 'custom.metrics.k8s.io', 'no-such-metric'],
  ['FailedGetObjectMetric', `${pods}no custom metrics API (custom.metrics.k8s.io) registered`, 'custom.metrics.k8s.io', 'not-served'],
  ['FailedGetObjectMetric', `${pods}Internal error occurred: unable to fetch metrics`, 'custom.metrics.k8s.io', 'provider'],
  [
    'FailedGetExternalMetric',
    `${external}queue.external.metrics.k8s.io is forbidden: User "${controller}" cannot list resource "queue" in API group "external.metrics.k8s.io" in the namespace "api"`,
    'external.metrics.k8s.io',
    'forbidden',
  ],
  [
    'FailedGetExternalMetric',
    `${external}timeout while waiting to establish gRPC connection to KEDA Metrics Service server`,
    'external.metrics.k8s.io',
    'keda-operator',
  ],
  [
    'FailedGetExternalMetric',
    `${external}rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing"`,
    'external.metrics.k8s.io',
    'keda-operator',
  ],
  ['FailedGetExternalMetric', `${external}Unauthorized`, 'external.metrics.k8s.io', 'rejected'],
  [
    'FailedGetExternalMetric',
    `${computing}unable to get external metric 503/s0-queue/nil: no metrics returned from external metrics API`,
    'external.metrics.k8s.io',
    'no-samples',
  ],
  // Names are no errors.
  ['FailedGetExternalMetric', `${external}unable to find 503 in Unauthorized/forbidden: new`, 'external.metrics.k8s.io', 'provider'],
  // Nothing of these is about an API of metrics.
  ['FailedGetResourceMetric', `${computing}failed to get cpu utilization: missing request for cpu in container web of Pod 503-web`, null],
  [
    'FailedGetResourceMetric',
    `${resource}Get "https://10.96.0.1:443/apis/metrics.k8s.io/v1beta1/namespaces/503/pods": dial tcp 10.96.0.1:443: connect: connection refused`,
    null,
  ],
  ['InvalidMetricSourceType', `${computing}unknown metric source type "503"`, null],
  ['FailedGetScale', 'the HPA controller was unable to get the target\'s current scale: deployments.apps "web" not found', null],
  ['ScalingDisabled', 'scaling is disabled since the replica count of the target is zero', null],
];

const node = 'aks-nodepool1-40341403-vmss000000';
const klog = 'E1123 13:00:00.000000       1 scraper.go:149] ';
/** Lines of metrics-server's log, with the node and the kind. kubernetes-sigs/metrics-server, pkg/scraper/scraper.go, v0.3.7 to v0.9.0. */
export const scrapeLines: readonly (readonly [line: string, node: string | null, kind?: ScrapeKind])[] = [
  [
    `${klog}"Failed to scrape node" err="Get \\"https://10.224.0.4:10250/metrics/resource\\": remote error: tls: internal error" node="${node}"`,
    node,
    'no-certificate',
  ],
  [
    `${klog}"Failed to scrape node" err="Get \\"https://10.224.0.4:10250/metrics/resource\\": tls: failed to verify certificate: x509: cannot validate certificate for 10.224.0.4 because it doesn't contain any IP SANs" node="${node}"`,
    node,
    'certificate',
  ],
  [`${klog}"Failed to scrape node" err="request failed, status: \\"403 Forbidden\\"" node="${node}"`, node, 'forbidden'],
  [
    `${klog}"Failed to scrape node, timeout to access kubelet" err="Get \\"https://10.224.0.4:10250/metrics/resource\\": context deadline exceeded" node="${node}" timeout="10s"`,
    node,
    'no-answer',
  ],
  [
    `${klog}"Failed to scrape node" err="Get \\"https://${node}:10250/metrics/resource\\": dial tcp: lookup ${node} on 10.96.0.10:53: no such host" node="${node}"`,
    node,
    'name-unknown',
  ],
  [
    `${klog}"Failed to scrape node" err="Get \\"https://10.224.0.4:10250/metrics/resource\\": dial tcp 10.224.0.4:10250: connect: connection refused" node="${node}"`,
    node,
    'unreachable',
  ],
  [`${klog}"Failed to scrape node" err="request failed, status: \\"404 Not Found\\"" node="${node}"`, node, 'no-endpoint'],
  [
    `{"ts":1700000000000.5,"caller":"scraper/scraper.go:149","msg":"Failed to scrape node","node":{"name":"${node}"},"err":"Get \\"https://10.224.0.4:10250/metrics/resource\\": remote error: tls: internal error"}`,
    node,
    'no-certificate',
  ],
  [
    `E0101 13:00:00.000000       1 manager.go:111] unable to fully collect metrics: unable to fully scrape metrics from source kubelet_summary:${node}: unable to fetch metrics from Kubelet ${node} (10.224.0.4): Get https://10.224.0.4:10250/stats/summary: x509: certificate signed by unknown authority`,
    node,
    'certificate',
  ],
  [`${klog}"Failed to scrape node" err="something new about 403 and 503" node="503"`, '503', 'unrecognized'],
  [`${klog}"Probe failed" err="remote error: tls: internal error" node="${node}"`, null],
];

/** Lines of adapters. Sources: src/signatures/dependencies.ts. */
export const dependencyLines: readonly (readonly [line: string, kind: DependencyKind | null])[] = [
  [
    'E1123 13:00:00.000000       1 provider.go:91] keda_metrics_adapter/provider "msg"="timeout" "error"="timeout while waiting to establish gRPC connection to KEDA Metrics Service server" "server"="keda-operator.keda.svc.cluster.local:9666"',
    'keda-operator',
  ],
  [
    'W1123 13:00:00.000000       1 logging.go:55] [core] [Channel #1 SubChannel #2] grpc: addrConn.createTransport failed to connect to {Addr: "10.96.7.7:9666", ServerName: "keda-operator.keda:9666"}. Err: connection error',
    'keda-operator',
  ],
  ['E1123 13:00:00.000000       1 provider.go:150] unable to fetch metrics from prometheus: client_error: client error: 503', 'prometheus'],
  [
    'E1123 13:00:00.000000       1 provider.go:229] unable to update list of all metrics: unable to fetch metrics for query "{__name__=~\\"^x\\"}"',
    'prometheus',
  ],
  ['I1123 13:00:00.000000       1 provider.go:91] nothing of port 9666 and prometheus', null],
];
/** What an adapter answers, and whether its source fails it. */
export const adapterAnswers: readonly (readonly [status: number, text: string, fails: boolean])[] = [
  [503, 'service unavailable', true],
  [500, 'Internal error occurred: unable to fetch metrics', true],
  [500, 'timeout while waiting to establish gRPC connection to KEDA Metrics Service server', true],
  [500, 'subjectaccessreviews.authorization.k8s.io is forbidden: User "system:serviceaccount:keda:keda-operator" cannot create', true],
  // KEDA, for a request that names no ScaledObject.
  [500, 'scaledObject name is not specified', false],
  [404, 'the server could not find the metric 503 for pods', false],
];
