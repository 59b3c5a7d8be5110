import { apiPath } from '../../api-path.ts';
import type { ApiService, Ask, Observed } from '../../model.ts';
import { valuesOf } from '../cluster/of-each.ts';
import { each, fact } from '../engine/declare.ts';
import { get, list } from '../shared/kubernetes.ts';
import { ownerLabel, type ServiceObject, type SliceObject, serviceObject, sliceObject, slicesPath } from '../shared/objects.ts';
import { map } from '../shared/observed.ts';
import { serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';

const services = fact({
  name: 'services',
  internal: true,
  needs: { apiServices: each(apiService) },
  read: async ({ apiServices }, ask): Promise<Observed<ReadonlyMap<string, ServiceAndSlices>>> => ({
    ok: true,
    value: await readServices(
      ask,
      valuesOf(apiServices).map(({ service }) => service),
    ),
  }),
});
/** The Service and its slices. */
export const service = fact({
  name: 'service',
  of: apiservice,
  internal: true,
  needs: { services },
  from: ({ services }, one) => services.get(serviceKey(one)) ?? null,
});

/** Namespace and name of a Service. */
type ServiceName = Pick<ApiService['service'], 'namespace' | 'name'>;

/** A Service (null: there is none of that name) and the EndpointSlices that belong to it. */
interface ServiceAndSlices {
  readonly service: Observed<ServiceObject | null>;
  readonly slices: Observed<readonly SliceObject[]>;
}

/** As many Services of one namespace are asked for by name; of more all are listed at once. */
const few = 3;

/** Each of `asked` once, by `NAMESPACE/NAME`. */
export async function readServices(ask: Ask, asked: readonly ServiceName[]): Promise<ReadonlyMap<string, ServiceAndSlices>> {
  const distinct = new Map(asked.map((one) => [`${one.namespace}/${one.name}`, one]));
  const inNamespace = new Map<string, number>();
  for (const { namespace } of distinct.values()) inNamespace.set(namespace, (inNamespace.get(namespace) ?? 0) + 1);
  const many = [...inNamespace].flatMap(([namespace, count]) => (count > few ? [namespace] : []));
  const whole = new Map(many.map((namespace) => [namespace, readNamespace(ask, namespace)]));
  const read = async ({ namespace, name }: ServiceName) => (await whole.get(namespace))?.(name) ?? byName(ask, namespace, name);
  return new Map(await Promise.all([...distinct].map(async ([key, one]) => [key, await read(one)] as const)));
}

/** All Services of a namespace, each by its name. */
async function readNamespace(ask: Ask, namespace: string): Promise<(name: string) => ServiceAndSlices> {
  const [services, slices] = await Promise.all([
    list(ask, apiPath`/api/v1/namespaces/${namespace}/services`, serviceObject),
    list(ask, apiPath`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, sliceObject),
  ]);
  return (name) => ({
    service: map(services, (all) => all.find(({ metadata }) => metadata?.name === name) ?? null),
    slices: map(slices, (all) => all.filter(({ metadata }) => metadata?.labels?.[ownerLabel] === name)),
  });
}

async function byName(ask: Ask, namespace: string, name: string): Promise<ServiceAndSlices> {
  const [service, slices] = await Promise.all([
    get(ask, apiPath`/api/v1/namespaces/${namespace}/services/${name}`, serviceObject),
    list(ask, slicesPath(namespace, name), sliceObject),
  ]);
  return { service, slices };
}
