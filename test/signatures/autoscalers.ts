/** Messages of HorizontalPodAutoscalers' condition ScalingActive, and what src/signatures/autoscalers.ts makes of them. */
import type { ComplaintKind } from '../../src/model.ts';

const unable = 'the HPA was unable to compute the replica count: ';
const resource = (error: string): string =>
  `${unable}failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: ${error}`;
export const pods = (error: string, metric = 'http_requests'): string =>
  `${unable}unable to get metric ${metric}: unable to fetch metrics from custom metrics API: ${error}`;
/** The controller puts the object before the error without a colon. */
export const object = (error: string, metric = 'http_requests'): string =>
  `${unable}unable to get metric ${metric}: Service on shop web/unable to fetch metrics from custom metrics API: ${error}`;
export const external = (error: string, namespace = 'shop', metric = 'queue'): string =>
  `${unable}unable to get external metric ${namespace}/${metric}/nil: unable to fetch metrics from external metrics API: ${error}`;
const keda = (error: string): string =>
  `${unable}unable to get external metric shop/s0-rabbitmq-q/&LabelSelector{MatchLabels:map[string]string{scaledobject.keda.sh/name: worker,},MatchExpressions:[]LabelSelectorRequirement{},}: unable to fetch metrics from external metrics API: ${error}`;
export const forbidden = (metric = 'queue', namespace = 'shop', user = 'system:serviceaccount:kube-system:horizontal-pod-autoscaler') =>
  `${metric}.external.metrics.k8s.io is forbidden: User "${user}" cannot list resource "${metric}" in API group "external.metrics.k8s.io" in the namespace "${namespace}"`;

type Row = readonly [reason: string, message: string, kind: ComplaintKind | null];
export const messages: readonly Row[] = [
  // Rights.
  ['FailedGetExternalMetric', external(forbidden()), 'forbidden'],
  ['FailedGetExternalMetric', keda(forbidden('s0-rabbitmq-q')), 'forbidden'],
  [
    'FailedGetExternalMetric',
    external(`${forbidden()}: RBAC: clusterrole.rbac.authorization.k8s.io "external-metrics-reader" not found`),
    'forbidden',
  ],
  [
    'FailedGetResourceMetric',
    resource(
      'pods.metrics.k8s.io is forbidden: User "system:serviceaccount:kube-system:horizontal-pod-autoscaler" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "shop"',
    ),
    'forbidden',
  ],
  [
    'FailedGetContainerResourceMetric',
    resource(
      'pods.metrics.k8s.io is forbidden: User "system:anonymous" cannot list pods.metrics.k8s.io in the namespace "default".: "No policy matched."',
    ),
    'forbidden',
  ],
  [
    'FailedGetPodsMetric',
    pods(
      'pods.custom.metrics.k8s.io "*" is forbidden: User "system:serviceaccount:kube-system:horizontal-pod-autoscaler" cannot get resource "pods/http_requests" in API group "custom.metrics.k8s.io" in the namespace "shop"',
    ),
    'forbidden',
  ],
  ['FailedGetResourceMetric', resource('Unauthorized'), 'rejected'],
  ['FailedGetResourceMetric', resource('the server has asked for the client to provide credentials (get pods.metrics.k8s.io)'), 'rejected'],
  // The provider.
  ['FailedGetResourceMetric', resource('the server is currently unable to handle the request (get pods.metrics.k8s.io)'), 'unserved'],
  ['FailedGetExternalMetric', keda('the server is currently unable to handle the request (get s0-q.external.metrics.k8s.io)'), 'unserved'],
  [
    'FailedGetObjectMetric',
    object(
      'the server was unable to return a response in the time allotted, but may still be processing the request (get services.custom.metrics.k8s.io)',
    ),
    'unserved',
  ],
  ['FailedGetExternalMetric', keda('timeout while waiting to establish gRPC connection to KEDA Metrics Service server'), 'keda-operator'],
  [
    'FailedGetExternalMetric',
    keda(
      'rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial tcp 10.0.0.9:9666: connect: connection refused"',
    ),
    'keda-operator',
  ],
  ['FailedGetExternalMetric', keda('gRPC connection is shut down'), 'keda-operator'],
  // A scaler's own trouble comes through the operator, which runs.
  [
    'FailedGetExternalMetric',
    keda('rpc error: code = Unknown desc = error when getting metric values error inspecting rabbitMQ: 401 Unauthorized'),
    'provider',
  ],
  ['FailedGetPodsMetric', pods('Internal error occurred: unable to fetch metrics'), 'provider'],
  [
    'FailedGetExternalMetric',
    external('googleapi: Error 403: Permission monitoring.timeSeries.list denied (or the resource may not exist)., forbidden'),
    'provider',
  ],
  [
    'FailedGetExternalMetric',
    external(
      'an error on the server ("Internal Server Error: \\"/apis/external.metrics.k8s.io/v1beta1/namespaces/x/y\\": forbidden: 503") has prevented the request from succeeding (get y.external.metrics.k8s.io)',
    ),
    'provider',
  ],
  // What it serves.
  ['FailedGetPodsMetric', pods('the server could not find the metric http_requests for pods'), 'no-such-metric'],
  ['FailedGetObjectMetric', object('the server could not find the metric http_requests for services web'), 'no-such-metric'],
  [
    'FailedGetObjectMetric',
    object('the server could not find the metric http_requests for services web with selector app=web'),
    'no-such-metric',
  ],
  [
    'FailedGetExternalMetric',
    external(
      "the server could not find the descriptor for metric queue: googleapi: Error 404: Could not find descriptor for metric 'queue'., notFound",
    ),
    'no-such-metric',
  ],
  ['FailedGetPodsMetric', pods('no custom metrics API (custom.metrics.k8s.io) registered'), 'not-served'],
  [
    'FailedGetExternalMetric',
    external('the server could not find the requested resource (get queue.external.metrics.k8s.io)'),
    'not-served',
  ],
  ['FailedGetResourceMetric', resource('the server could not find the requested resource (get pods.metrics.k8s.io)'), 'not-served'],
  ['FailedGetPodsMetric', `${unable}unable to get metric http_requests: no metrics returned from custom metrics API`, 'no-samples'],
  [
    'FailedGetExternalMetric',
    `${unable}unable to get external metric shop/queue/nil: no metrics returned from external metrics API`,
    'no-samples',
  ],
  ['FailedGetPodsMetric', `${unable}did not receive metrics for targeted pods (pods might be unready)`, 'no-samples'],
  [
    'FailedGetResourceMetric',
    `${unable}failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API`,
    'no-pod-metrics',
  ],
  [
    'FailedGetResourceMetric',
    `${unable}failed to get memory usage: did not receive metrics for targeted pods (pods might be unready)`,
    'no-pod-metrics',
  ],
  ['FailedGetResourceMetric', `${unable}failed to get cpu utilization: did not receive metrics for any ready pods`, 'no-pod-metrics'],
  [
    'FailedGetContainerResourceMetric',
    `${unable}failed to get cpu container usage: did not receive metrics for targeted pods (pods might be unready)`,
    'no-pod-metrics',
  ],
  // Of the autoscaler, its target and its pods: no API of metrics has a part in it.
  ['FailedGetResourceMetric', `${unable}failed to get cpu utilization: missing request for cpu in container web of Pod web-1`, null],
  ['FailedGetResourceMetric', `${unable}failed to get cpu utilization: missing request for cpu`, null],
  [
    'FailedGetContainerResourceMetric',
    `${unable}failed to get cpu container utilization: unable to get metrics for resource cpu: failed to get container metrics: container web not present in metrics for pod shop/web-1`,
    null,
  ],
  ['FailedGetResourceMetric', `${unable}failed to get cpu utilization: no pods returned by selector while calculating replica count`, null],
  ['FailedGetExternalMetric', `${unable}invalid external metric source: neither a value target nor an average value target was set`, null],
  ['FailedGetObjectMetric', object('unable to map kind Widget to resource: no matches for kind "Widget" in group "example.com"'), null],
  [
    'FailedGetResourceMetric',
    resource(
      'Get "https://10.96.0.1:443/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods": dial tcp 10.96.0.1:443: connect: connection refused',
    ),
    null,
  ],
  ['InvalidMetricSourceType', `${unable}invalid metric source type: 403`, null],
  ['InvalidSelector', "the HPA target's scale is missing a selector", null],
  ['ScalingDisabled', 'scaling is disabled since the replica count of the target is zero', null],
  ['FailedGetScale', `the HPA controller was unable to get the target's current scale: deployments/scale.apps "web" not found`, null],
  ['toString', resource('Unauthorized'), null],
];
