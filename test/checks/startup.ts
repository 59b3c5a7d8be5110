import type { EgressSelector } from '../../src/model.ts';
import { type Change, healthy } from '../support/facts.ts';

export const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
export const at = healthy.flags.at;
export const egress = (change: Partial<EgressSelector>): Change => ({
  egressSelector: { at, path: '/etc/kubernetes/egress.yaml', fault: null, cluster: true, sockets: [], ...change },
});
