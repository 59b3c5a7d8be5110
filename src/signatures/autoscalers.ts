/** The message of a HorizontalPodAutoscaler's condition ScalingActive → the metrics API that it is about, and why that gives it no metric. */
import type { ComplaintKind, Refusal, Signature } from '../model.ts';

/** kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go, v1.37.2. Any other reason is not about a metrics API. */
const apis: Readonly<Record<string, string>> = {
  FailedGetResourceMetric: 'metrics.k8s.io',
  FailedGetContainerResourceMetric: 'metrics.k8s.io',
  FailedGetPodsMetric: 'custom.metrics.k8s.io',
  FailedGetObjectMetric: 'custom.metrics.k8s.io',
  FailedGetExternalMetric: 'external.metrics.k8s.io',
};

/** (pkg/controller/podautoscaler/metrics/client.go, v1.37.2) Before the error of the request stand names that a person chose. */
const requested = /unable to fetch metrics from (?:(?:resource|custom|external) metrics )?API: (.*)$/s;
const subject = String.raw`(?: \(\w+ \S+\))?$`;

/**
 * The error of a request, whole: a number or a word in a name is none. k8s.io/apimachinery, pkg/api/errors/errors.go (NewGenericServerResponse),
 * and k8s.io/apiserver, pkg/endpoints/handlers/responsewriters/errors.go (forbiddenMessage), v0.37.2; k8s.io/metrics,
 * pkg/client/custom_metrics/discovery.go, v0.37.2; kubernetes-sigs/custom-metrics-apiserver, pkg/provider/errors.go, v1.36.0; kedacore/keda,
 * pkg/provider/provider.go and pkg/metricsservice/client.go, v2.9 to v2.20.
 */
export const complaints: readonly Signature<ComplaintKind>[] = [
  { kind: 'forbidden', matches: /^(?!the server )[^"]*?(?: "[^"]*")? is forbidden: User "[^"]*" cannot \w+ / },
  { kind: 'rejected', matches: new RegExp(`^(?:Unauthorized|the server has asked for the client to provide credentials)${subject}`) },
  {
    kind: 'keda-operator',
    matches:
      /^(?:timeout while waiting to establish gRPC connection to KEDA Metrics Service server|gRPC connection is shut down|rpc error: code = (?:Unavailable|DeadlineExceeded) desc = .*)$/s,
  },
  {
    kind: 'unserved',
    matches: new RegExp(
      `^(?:the server is currently unable to handle the request|the server was unable to return a response in the time allotted, but may still be processing the request|service unavailable)${subject}`,
    ),
  },
  {
    kind: 'not-served',
    matches: new RegExp(
      `^(?:the server could not find the requested resource|no custom metrics API \\(custom\\.metrics\\.k8s\\.io\\) registered)${subject}`,
    ),
  },
  { kind: 'no-such-metric', matches: /^the server could not find the (?:metric|descriptor for metric) / },
];

/** What the controller finds in a good answer (replica_calculator.go and metrics/client.go, v1.19 to v1.37), behind what it computes. */
const withoutValues: readonly Signature<ComplaintKind>[] = [
  { kind: 'no-pod-metrics', matches: /(?:^|: )no metrics returned from resource metrics API$/ },
  { kind: 'no-pod-metrics', matches: /(?:^|: )did not receive metrics for (?:any ready pods|targeted pods \(pods might be unready\))$/ },
  { kind: 'no-samples', matches: /(?:^|: |\/)no metrics returned from (?:custom|external) metrics API$/ },
];
/** The controller's own trouble with kube-apiserver, or with the kind of object that the metric describes: it never came to a provider. */
const ofClient =
  /^(?:(?:Get|Post) "|client rate limiter Wait|context canceled|net\/http: |http2: |unexpected EOF|EOF|dial tcp |read tcp |unable to map kind )/;

export interface Complaint {
  readonly api: string;
  readonly kind: ComplaintKind;
  readonly refused: Refusal | null;
}

/** null: it is about the autoscaler, its target or the pods' requests for resources, and no API of metrics has a part in it. */
export function complaintOf(reason: string, message: string): Complaint | null {
  const api = Object.hasOwn(apis, reason) ? apis[reason] : undefined;
  if (!api) return null;
  const error = requested.exec(message)?.[1]?.trim();
  if (error === undefined) {
    const kind = withoutValues.find(({ matches }) => matches.test(message.trim()))?.kind;
    return kind ? { api, kind: api === 'metrics.k8s.io' || kind !== 'no-pod-metrics' ? kind : 'no-samples', refused: null } : null;
  }
  if (ofClient.test(error)) return null;
  const kind = complaints.find(({ matches }) => matches.test(error))?.kind ?? 'provider';
  return { api, kind, refused: kind === 'forbidden' ? refusalIn(error) : null };
}

/** Up to 1.8 and on GKE without `resource` (k8s.io/apiserver); RBAC adds the roles that it looked for in vain. */
function refusalIn(error: string): Refusal {
  const [, user = '', verb = '', resource = ''] = /User "([^"]*)" cannot (\w+) (?:resource "([^"]*)")?/.exec(error) ?? [];
  const [, namespace] = / in the namespace "([^"]*)"/.exec(error) ?? [];
  const [, missingRole] = /RBAC: (?:\[)?clusterrole\.rbac\.authorization\.k8s\.io "([^"]*)" not found/.exec(error) ?? [];
  return { user, verb, resource, namespace: namespace ?? null, missingRole: missingRole ?? null };
}
