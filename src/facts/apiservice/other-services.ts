import { apiPath } from '../../api-path.ts';
import { installs } from '../../distributions/provider.ts';
import type { ApiService, Ask, OtherService } from '../../model.ts';
import { ownerOf } from '../../owners/index.ts';
import { distribution } from '../cluster/distribution.ts';
import { fact, maybe } from '../engine/declare.ts';
import { type KubernetesObject, list } from '../shared/kubernetes.ts';
import { marksOf } from '../shared/marks.ts';
import { type ServiceObject, serviceObject } from '../shared/objects.ts';
import { type Binding, reader } from '../shared/role-bindings.ts';
import { type ApiServiceObject, apiServiceObjects, apiservice } from './apiservice.ts';
import { bindingsAround } from './bindings-around.ts';
import { namespace } from './namespace.ts';
import { readPods } from './pods.ts';
import { service } from './service.ts';

/** Where the Service is missing: those of its namespace, and those of its name in others, with what speaks for each. null: nobody looked, or may. */
export const otherServices = fact({
  name: 'otherServices',
  of: apiservice,
  internal: true,
  needs: { service, namespace: maybe(namespace), objects: apiServiceObjects, around: maybe(bindingsAround), distribution },
  read: async ({ service, namespace, objects, around, distribution }, ask, one) => {
    if (!service?.service.ok || service.service.value) return { ok: true, value: null };
    const found = await servicesLike(ask, one, namespace.ok && namespace.value === null);
    const bindings = around.ok && around.value?.kubeSystem.ok ? (around.value.kubeSystem.value ?? []) : [];
    const known = {
      objects,
      bindings,
      ownerOf: (object: KubernetesObject, name: string) => ownerOf(marksOf(object), { ...installs(distribution), name }),
    };
    return { ok: true, value: found && (await Promise.all(found.map((other) => describe(ask, one, other, known)))) };
  },
});

async function servicesLike(
  ask: Ask,
  { service: { namespace, name } }: ApiService,
  alone: boolean,
): Promise<readonly ServiceObject[] | null> {
  const [beside, elsewhere] = await Promise.all([
    alone ? null : list(ask, apiPath`/api/v1/namespaces/${namespace}/services`, serviceObject),
    list(ask, apiPath`/api/v1/services?fieldSelector=${`metadata.name=${name}`}`, serviceObject),
  ]);
  if (!beside?.ok && !elsewhere.ok) return null;
  return [
    ...(beside?.ok ? beside.value : []),
    ...(elsewhere.ok ? elsewhere.value.filter(({ metadata }) => metadata?.namespace !== namespace) : []),
  ];
}

interface Known {
  readonly objects: readonly ApiServiceObject[];
  readonly bindings: readonly Binding[];
  readonly ownerOf: (object: KubernetesObject, name: string) => ReturnType<typeof ownerOf>;
}

async function describe(ask: Ask, apiService: ApiService, object: ServiceObject, known: Known): Promise<OtherService> {
  const { service, name: registration } = apiService;
  const [namespace, name] = [object.metadata?.namespace ?? service.namespace, object.metadata?.name ?? ''];
  const own = known.objects.find(({ metadata }) => metadata?.name === registration);
  const owners = [own && known.ownerOf(own, service.name), known.ownerOf(object, name)];
  const isOwned = owners[0] !== null && JSON.stringify(owners[0]) === JSON.stringify(owners[1]);
  const isNamed = namespace === service.namespace ? alike(name, service.name) : name === service.name;
  const ports = (object.spec?.ports ?? []).map(({ port = 0 }) => port);
  const ofGroup = known.objects.some(
    ({ spec }) => spec?.group === apiService.group && spec.service?.namespace === namespace && spec.service?.name === name,
  );
  // A port alone says nothing: webhooks listen on 443, too.
  const isWorthAsking = !ofGroup && isOwned !== isNamed && ports.includes(service.port);
  const serves = ofGroup || (isWorthAsking && (await readsAuthentication(ask, namespace, object, known.bindings)));
  return {
    namespace,
    name,
    ports,
    traits: [
      ...(isOwned ? (['owner'] as const) : []),
      ...(isNamed ? (['name'] as const) : []),
      ...(ofGroup ? (['group'] as const) : serves ? (['pods'] as const) : []),
    ],
  };
}

/** Whether its pods may read ConfigMap extension-apiserver-authentication, as extension API servers do. */
async function readsAuthentication(ask: Ask, namespace: string, object: ServiceObject, bindings: readonly Binding[]): Promise<boolean> {
  const readers = bindings.filter(({ role }) => role === reader).flatMap(({ accounts }) => accounts);
  const pods = readers.length > 0 ? await readPods(ask, namespace, object) : null;
  return (
    pods?.ok === true &&
    pods.value.length > 0 &&
    pods.value.every(({ serviceAccount }) => readers.includes(`${namespace}/${serviceAccount}`))
  );
}

/** Words of a name: `keda-operator-metrics-apiserver` has four. */
const wordsOf = (name: string): readonly string[] => name.split(/[-.]/).filter(Boolean);
/** One name has every word of the other. */
function alike(one: string, other: string): boolean {
  const [few = [], many = []] = [wordsOf(one), wordsOf(other)].sort((a, b) => a.length - b.length);
  return few.every((word) => many.includes(word));
}
