import { type Sidecar, spiffe } from './sidecar.ts';

/** https://developer.konghq.com/mesh/annotations */
export const kuma: Sidecar = {
  proxies: ['kuma-sidecar'],
  annotations: ['kuma.io/sidecar-injected'],
  excludes: null,
  presents: spiffe,
};
