import { type Sidecar, spiffe } from './sidecar.ts';

/** https://developer.hashicorp.com/consul/docs/k8s/annotations-and-labels; `envoy-sidecar` before consul-k8s 1.0. */
export const consul: Sidecar = {
  proxies: ['consul-dataplane', 'envoy-sidecar'],
  annotations: ['consul.hashicorp.com/connect-inject-status'],
  excludes: 'consul.hashicorp.com/transparent-proxy-exclude-inbound-ports',
  presents: spiffe,
};
