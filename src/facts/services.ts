/** Services and their EndpointSlices: one by one, or all of a namespace at once where more than a few of it are asked about. */
import type { ApiService, Ask, Observed } from '../model.ts';
import { get, type KubernetesObject, list } from './kubernetes.ts';
import { map } from './observed.ts';
import { once } from './once.ts';

/** Namespace and name of a Service. */
export type ServiceName = Pick<ApiService['service'], 'namespace' | 'name'>;

export interface ServiceObject extends KubernetesObject {
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly externalName?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly { readonly name?: string; readonly port?: number; readonly targetPort?: number | string }[];
    readonly internalTrafficPolicy?: string;
    readonly ipFamilies?: readonly string[];
  };
}
export interface SliceObject extends KubernetesObject {
  readonly endpoints?:
    | readonly {
        readonly addresses?: readonly string[];
        readonly conditions?: { readonly ready?: boolean };
        readonly nodeName?: string;
        readonly targetRef?: { readonly kind?: string; readonly name?: string };
      }[]
    | null;
  readonly ports?: readonly { readonly name?: string; readonly port?: number }[] | null;
}

/** A Service (null: there is none of that name) and the EndpointSlices that belong to it. */
export interface ServiceAndSlices {
  readonly service: Observed<ServiceObject | null>;
  readonly slices: Observed<readonly SliceObject[]>;
}

/** As many Services of one namespace are asked for by name; of more all are listed at once. */
const few = 3;
const ownerLabel = 'kubernetes.io/service-name';

/** Makes the function that reads one of `asked`, which are all that it will be called with. */
export function servicesAmong(ask: Ask, asked: readonly ServiceName[]): (one: ServiceName) => Promise<ServiceAndSlices> {
  const areMany = (within: string) => new Set(asked.flatMap(({ namespace, name }) => (namespace === within ? [name] : []))).size > few;
  const wholeNamespace = once(async (namespace) => {
    if (!areMany(namespace)) return null;
    const [services, slices] = await Promise.all([
      list<ServiceObject>(ask, `/api/v1/namespaces/${namespace}/services`),
      list<SliceObject>(ask, slicesIn(namespace)),
    ]);
    return { services, slices };
  });
  return async ({ namespace, name }) => {
    const whole = await wholeNamespace(namespace);
    if (whole)
      return {
        service: map(whole.services, (all) => all.find(({ metadata }) => metadata?.name === name) ?? null),
        slices: map(whole.slices, (all) => all.filter(({ metadata }) => metadata?.labels?.[ownerLabel] === name)),
      };
    const [service, slices] = await Promise.all([
      get<ServiceObject>(ask, `/api/v1/namespaces/${namespace}/services/${name}`),
      list<SliceObject>(ask, `${slicesIn(namespace)}?labelSelector=${encodeURIComponent(`${ownerLabel}=${name}`)}`),
    ]);
    return { service, slices };
  };
}
const slicesIn = (namespace: string) => `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;
