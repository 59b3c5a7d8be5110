/** Names that stand in conditions and alerts: what each says of an APIService. */

export interface Named {
  readonly name: string;
  readonly meaning: string;
}

/** k8s.io/kube-aggregator, pkg/controllers/status/remote/remote_available_controller.go and local/local_available_controller.go, v0.37.2 and v0.33. */
const reasons: readonly Named[] = [
  {
    name: 'Passed',
    meaning:
      "kube-apiserver's own request for the API's discovery document got an answer within 5 s. Requests of users may fail all the same",
  },
  { name: 'Local', meaning: 'kube-apiserver serves this API itself: no Service is behind it' },
  {
    name: 'FailedDiscoveryCheck',
    meaning: "kube-apiserver's request for the API's discovery document failed; the message of the condition says how",
  },
  { name: 'ServiceNotFound', meaning: 'the Service in `spec.service` does not exist' },
  { name: 'ServicePortError', meaning: 'the Service has no port with the number in `spec.service.port`' },
  { name: 'ServiceAccessError', meaning: 'kube-apiserver could not read the Service; it asks again' },
  { name: 'EndpointsNotFound', meaning: 'the Service has no endpoints object: it was just created, or nothing maintains its endpoints' },
  { name: 'EndpointsAccessError', meaning: "kube-apiserver could not read the Service's endpoints; it asks again" },
  {
    name: 'MissingEndpoints',
    meaning: 'no ready pod is behind the Service: pods crash, are not ready, or have other labels than it selects',
  },
];

/** kubernetes-monitoring/kubernetes-mixin, alerts/kube_apiserver.libsonnet. */
const alerts: readonly Named[] = [
  {
    name: 'KubeAggregatedAPIDown',
    meaning: 'an APIService was unavailable for much of the last ten minutes, by `aggregator_unavailable_apiservice`',
  },
  {
    name: 'KubeAggregatedAPIErrors',
    meaning: 'an APIService became unavailable again and again in the last ten minutes, by `aggregator_unavailable_apiservice_total`',
  },
  {
    name: 'KubeClientCertificateExpiration',
    meaning: 'a client that asks kube-apiserver has a certificate that expires soon; it need not be of the aggregation layer',
  },
];

export const names: readonly Named[] = [...reasons, ...alerts];
