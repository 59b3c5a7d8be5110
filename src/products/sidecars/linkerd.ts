import type { Sidecar } from './sidecar.ts';

/** linkerd/linkerd2, pkg/k8s/labels.go, 2.20 */
export const linkerd: Sidecar = {
  proxies: ['linkerd-proxy'],
  annotations: ['linkerd.io/proxy-version'],
  excludes: 'config.linkerd.io/skip-inbound-ports',
  presents: /\.serviceaccount\.identity\.\S/,
};
