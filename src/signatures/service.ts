/** What kube-apiserver says of an APIService's Service before it dials anybody: reasons of the condition, and errors of its resolver. */
import type { FailureSignature } from '../model.ts';

export const serviceRows: readonly FailureSignature[] = [
  {
    kind: 'no-endpoints',
    matches: /^(?:MissingEndpoints|EndpointsNotFound)$|^no endpoints available for service "/,
    hop: 'endpoints',
    side: 'target',
    short: 'no endpoints',
    meaning: 'no pod behind the Service is ready',
    next: "check the extension API server's pods and the Service's selector",
  },
  {
    kind: 'service-not-found',
    matches: /^ServiceNotFound$/,
    hop: 'Service',
    side: 'target',
    short: 'no Service',
    meaning: "the APIService's Service does not exist",
    next: 'reinstall the extension API server, or delete the APIService if the API is no longer needed',
  },
  {
    // Said with the status Unknown (kube-aggregator v0.37.2, remote_available_controller.go).
    kind: 'service-not-read',
    matches: /^(?:ServiceAccessError|EndpointsAccessError)$/,
    hop: 'Service',
    side: 'kube-apiserver',
    short: 'not read',
    meaning: 'kube-apiserver cannot read the Service or its EndpointSlices from its own cache',
    next: "search kube-apiserver's log for its watches of Services and EndpointSlices (`reflector.go`), and check its etcd",
  },
  {
    kind: 'service-port',
    matches: /^ServicePortError$|^no service port \d+ found/,
    hop: 'Service',
    side: 'target',
    short: 'wrong port',
    meaning: "the Service does not have the APIService's port",
    next: 'set `spec.service.port` of the APIService to a port of the Service',
  },
  {
    kind: 'headless-service',
    matches: /^cannot route to service with ClusterIP "None"/,
    hop: 'Service',
    side: 'target',
    short: 'no route',
    meaning: 'kube-apiserver cannot route to a Service of this type',
    next: 'use a Service with a ClusterIP',
  },
  {
    kind: 'external-name-service',
    matches: /^unsupported service type "\w+"/,
    hop: 'Service',
    side: 'target',
    short: 'no route',
    meaning: 'kube-apiserver cannot route to a Service of this type',
    next: 'use a Service with a ClusterIP',
  },
];
