import { fact } from '../engine/declare.ts';
import { readBindings } from '../shared/role-bindings.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';

/** The RoleBindings of kube-system, and those of the Service's own namespace. */
export const bindingsAround = fact({
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
