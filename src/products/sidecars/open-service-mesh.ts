import { type Sidecar, spiffe } from './sidecar.ts';

/** https://release-v1-2.docs.openservicemesh.io */
export const openServiceMesh: Sidecar = {
  proxies: ['osm-envoy'],
  annotations: [],
  excludes: null,
  presents: spiffe,
};
