import type { Backend, Observed } from '../../model.ts';
import { readBackend, readOthers } from '../backend.ts';
import { fact, maybe } from '../engine/declare.ts';
import { get, type KubernetesObject } from '../shared/kubernetes.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';
import { service } from './service.ts';

export const namespace = fact({
  name: 'namespace',
  of: apiservice,
  internal: true,
  needs: { behind, apiService },
  per: ({ behind, apiService }) => `${behind !== null} ${apiService.service.namespace}`,
  read: ({ behind, apiService }, ask) =>
    behind ? get<KubernetesObject>(ask, `/api/v1/namespaces/${apiService.service.namespace}`) : nobodyLooked,
});
export const otherServices = fact({
  name: 'otherServices',
  of: apiservice,
  internal: true,
  needs: { service, namespace: maybe(namespace) },
  read: async ({ service, namespace }, ask, one) => {
    const absent = service?.service.ok && !service.service.value && (!namespace.ok || namespace.value !== null);
    return { ok: true, value: absent ? await readOthers(ask, one.service.namespace) : null };
  },
});
/** Service and namespace. null, as of what follows up to `serving`: it serves, and nobody asked for it by name. */
export const backend = fact({
  name: 'backend',
  of: apiservice,
  needs: { behind, service, namespace: maybe(namespace), others: otherServices },
  read: ({ behind, service, namespace, others }): Observed<Backend | null> =>
    behind === 'all' && service ? readBackend(service.service, namespace, others) : nobodyLooked,
});
