/** Names in conditions and alerts: what each says about an APIService. */

export interface Named {
  readonly name: string;
  readonly meaning: string;
}
/** `next`: what to do, as a clause. */
export interface Alert extends Named {
  readonly next: string;
}

/** k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and local/local_available_controller.go, v0.37.2 and v0.33. */
const reasons: readonly Named[] = [
  {
    name: 'Passed',
    meaning: "kube-apiserver's own request for the API's discovery document succeeded within 5 s. Requests of users may still fail",
  },
  { name: 'Local', meaning: 'kube-apiserver serves this API itself: no Service is behind it' },
  {
    name: 'FailedDiscoveryCheck',
    meaning: "kube-apiserver's request for the API's discovery document failed; the message of the condition says how",
  },
  { name: 'ServiceNotFound', meaning: 'the Service in `spec.service` does not exist' },
  { name: 'ServicePortError', meaning: 'the Service has no port with the number in `spec.service.port`' },
  { name: 'ServiceAccessError', meaning: 'kube-apiserver could not read the Service; it retries' },
  { name: 'EndpointsNotFound', meaning: 'the Service has no endpoints object: it was just created, or nothing maintains its endpoints' },
  { name: 'EndpointsAccessError', meaning: "kube-apiserver could not read the Service's endpoints; it retries" },
  {
    name: 'MissingEndpoints',
    meaning: 'no ready pod is behind the Service: pods crash, are not ready, or have other labels than it selects',
  },
];

export const toTheCause = 'run aggctl check-apiservice: it lists the APIServices, each with its cause';
const toTheFix = 'run aggctl doctor: it names the cause, with evidence and the fix';

/** kubernetes-monitoring/kubernetes-mixin, alerts/kube_apiserver.libsonnet, version-1.5.6; before 7253347 (November 2021) the first two had no `Kube` in their names. */
const upstream: readonly Alert[] = [
  {
    name: 'KubeAggregatedAPIDown',
    meaning: 'an APIService was unavailable for much of the last ten minutes, by `aggregator_unavailable_apiservice`',
    next: toTheCause,
  },
  {
    name: 'KubeAggregatedAPIErrors',
    meaning: 'an APIService became unavailable repeatedly in the last ten minutes, by `aggregator_unavailable_apiservice_total`',
    next: `${toTheCause}; with --watch it prints when one breaks, recovers or flaps`,
  },
  {
    name: 'KubeClientCertificateExpiration',
    meaning: 'a client certificate that kube-apiserver accepts expires soon; it may have nothing to do with the aggregation layer',
    next: "run aggctl certs: it lists when the aggregation layer's certificates expire",
  },
];

/** Those of deploy/prometheus/rules.yaml. */
const own: readonly Alert[] = [
  { name: 'AggctlError', meaning: 'two runs of aggctl found a problem of severity error, which the label `id` names', next: toTheFix },
  {
    name: 'AggctlWarning',
    meaning: 'for an hour aggctl has found a problem of severity warning, which the label `id` names',
    next: toTheFix,
  },
  {
    name: 'AggctlCertificateExpires',
    meaning: 'a certificate or CA of the control plane expires within seven days, or has expired',
    next: 'run aggctl certs for the list, and aggctl doctor for the command that renews it',
  },
  {
    name: 'AggctlIncomplete',
    meaning: 'for an hour aggctl could not check something that should be visible from where it runs',
    next: "read the log of aggctl's last Pod: it names what could not be checked, and why",
  },
  {
    name: 'AggctlNotRunning',
    meaning: 'aggctl has written no new metrics for an hour, or Prometheus receives none: the other alerts of aggctl cannot fire',
    next: 'run kubectl -n aggctl get cronjobs,jobs,pods; then compare the directory of node_exporter with that of the CronJob',
  },
];

export const alerts: readonly Alert[] = [...upstream, ...own];
export const names: readonly (Named & Partial<Alert>)[] = [...reasons, ...alerts];
