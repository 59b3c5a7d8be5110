import { bindings } from '../cluster/bindings.ts';
import { readDelegation, readRules } from '../delegation.ts';
import { fact, maybe } from '../engine/declare.ts';
import { readBindings } from '../shared/role-bindings.ts';
import { nobodyLooked, serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { backendPods } from './backend-pods.ts';
import { behind } from './behind.ts';

const bindingsAround = fact({
  name: 'bindingsAround',
  of: apiservice,
  internal: true,
  needs: { behind, apiService },
  per: ({ behind, apiService }) => `${behind === 'all'} ${apiService.service.namespace}`,
  read: async ({ behind, apiService }, ask) => {
    if (behind !== 'all') return nobodyLooked;
    const [kubeSystem, own] = await Promise.all([readBindings(ask, 'kube-system'), readBindings(ask, apiService.service.namespace)]);
    return { ok: true, value: { kubeSystem, own } };
  },
});
/** null also when there are no pods. */
export const delegation = fact({
  name: 'delegation',
  of: apiservice,
  needs: { bindingsAround, pods: maybe(backendPods), bindings: maybe(bindings), apiService },
  per: ({ bindingsAround, apiService }) => `${bindingsAround !== null} ${serviceKey(apiService)}`,
  read: ({ bindingsAround, pods, bindings }, ask) =>
    bindingsAround ? readDelegation((path) => readRules(ask, path), pods, { cluster: bindings, ...bindingsAround }) : nobodyLooked,
});
