/** The facts of one APIService that go deeper than its condition: asked where it fails, or where somebody names it. */
import type { ApiService, FactsFor, Failure, Observed } from '../model.ts';
import { type BackendFacts, readBackend } from './backend.ts';
import { readNetworkPolicies } from './network-policies.ts';
import type { InWave } from './readers/reader.ts';
import { readServing, type ServingFacts, type Standpoint } from './serving.ts';
import { ofTheWay } from './signatures.ts';

export type DeepFacts = Pick<
  FactsFor<'apiservice'>,
  'backend' | 'backendEndpoints' | 'backendPods' | 'dials' | 'serving' | 'networkPolicies'
>;

/** There was no reason to look. */
export const notLooked: DeepFacts = {
  backend: { ok: true, value: null },
  backendEndpoints: { ok: true, value: null },
  backendPods: { ok: true, value: null },
  dials: { ok: true, value: null },
  serving: { ok: true, value: null },
  networkPolicies: { ok: true, value: null },
};

/** Failures that a NetworkPolicy may make. */
const blocked = ['timeout', 'no-route', 'cut-off'];

/** Makes the function that looks: each Service is asked about once, whatever number of APIServices it serves. From wave 2 on. */
export function deeply(api: InWave, place: Standpoint): (service: ApiService, failure: Failure | null) => Promise<DeepFacts> {
  const backendOf = once<BackendFacts>();
  const servingOf = once<ServingFacts>();
  const policiesOf = once<Observed<readonly string[] | null>>();
  return async (service, failure) => {
    const { namespace, name, port } = service.service;
    const key = `${namespace}/${name}`;
    const backend = await backendOf(key, () => readBackend([api(2), api(3)], service.service));
    if (failure && !ofTheWay.includes(failure.signature)) return { ...notLooked, ...backend };
    // The pods of a selector were asked for in wave 3.
    const next = backend.backend.ok && backend.backend.value?.service?.selector ? 4 : 3;
    const [serving, networkPolicies] = await Promise.all([
      servingOf(`${key}:${port}`, () => readServing([api(next), api(next + 1)], service, backend, place)),
      failure && blocked.includes(failure.signature)
        ? policiesOf(key, () => readNetworkPolicies(api(next), namespace, backend.backendPods))
        : notLooked.networkPolicies,
    ]);
    return { ...backend, ...serving, networkPolicies };
  };
}

/** Makes a function that reads what belongs to a key the first time it is asked for. */
function once<T>(): (key: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, read) => {
    const found = known.get(key) ?? read();
    known.set(key, found);
    return found;
  };
}
