import type { Backend, BackendService, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import type { KubernetesObject } from '../shared/kubernetes.ts';
import type { ServiceObject } from '../shared/objects.ts';
import { map } from '../shared/observed.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';
import { namespace } from './namespace.ts';
import { otherServices } from './other-services.ts';
import { service } from './service.ts';

/** Service and namespace. null, as of what follows up to `serving`: it serves, and nobody asked for it by name. */
export const backend = fact({
  name: 'backend',
  of: apiservice,
  needs: { behind, service, namespace: maybe(namespace), others: otherServices },
  read: ({ behind, service, namespace, others }): Observed<Backend | null> =>
    behind === 'all' && service ? readBackend(service.service, namespace, others) : nobodyLooked,
});

/** The Service and its namespace, where that is visible. */
export const readBackend = (
  service: Observed<ServiceObject | null>,
  namespace: Observed<KubernetesObject | null>,
  others: Backend['others'],
): Observed<Backend> =>
  map(service, (object) => ({
    namespace: namespace.ok ? stateOf(namespace.value) : 'unknown',
    service: object && readService(object),
    others,
  }));

const stateOf = (namespace: KubernetesObject | null) => {
  if (!namespace) return 'absent';
  return namespace.metadata?.deletionTimestamp ? 'terminating' : 'active';
};

export const readService = ({ metadata, spec = {} }: ServiceObject): BackendService => ({
  type: spec.type ?? 'ClusterIP',
  clusterIP: spec.clusterIP || null,
  externalName: spec.externalName || null,
  ports: (spec.ports ?? []).map(({ name = '', port = 0, targetPort = port }) => ({ name, port, targetPort })),
  selector: spec.selector && Object.keys(spec.selector).length > 0 ? spec.selector : null,
  internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster',
  ipFamilies: spec.ipFamilies ?? [],
  deleting: metadata?.deletionTimestamp !== undefined,
});
