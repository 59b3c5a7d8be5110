import { type Sidecar, spiffe } from './sidecar.ts';

/** https://istio.io/latest/docs/ambient/usage/add-workloads: its proxy is on the node, not in the pod. */
export const istioAmbient: Sidecar = {
  proxies: ['ztunnel'],
  annotations: ['ambient.istio.io/redirection'],
  excludes: null,
  presents: spiffe,
};
