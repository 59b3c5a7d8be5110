import { type Sidecar, spiffe } from './sidecar.ts';

/** https://istio.io/latest/docs/reference/config/annotations/ */
export const istio: Sidecar = {
  proxies: ['istio-proxy'],
  annotations: ['sidecar.istio.io/status'],
  excludes: 'traffic.sidecar.istio.io/excludeInboundPorts',
  presents: spiffe,
};
