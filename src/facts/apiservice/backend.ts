import { apiPath } from '../../api-path.ts';
import type { Ask, Backend, BackendService, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { get, type KubernetesObject, kubernetesObject, list } from '../shared/kubernetes.ts';
import { type ServiceObject, serviceObject } from '../shared/objects.ts';
import { map } from '../shared/observed.ts';
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
  per: ({ behind, apiService }) => `${behind !== 'addresses'} ${apiService.service.namespace}`,
  read: ({ behind, apiService }, ask) =>
    behind !== 'addresses' ? get(ask, apiPath`/api/v1/namespaces/${apiService.service.namespace}`, kubernetesObject) : nobodyLooked,
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

/** The Services of a namespace; null: they may not be listed. */
async function readOthers(ask: Ask, namespace: string): Promise<Backend['others']> {
  const all = await list(ask, apiPath`/api/v1/namespaces/${namespace}/services`, serviceObject);
  return all.ok ? all.value.map(readName) : null;
}

const readName = ({ metadata, spec }: ServiceObject) => ({
  name: metadata?.name ?? '',
  ports: (spec?.ports ?? []).map(({ port = 0 }) => port),
  release: releaseOf(metadata?.annotations ?? {}),
});
const releaseOf = ({ 'meta.helm.sh/release-namespace': namespace, 'meta.helm.sh/release-name': name }: Readonly<Record<string, string>>) =>
  namespace && name ? `${namespace}/${name}` : null;

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
