/** The facts of one APIService that go deeper than its condition: asked where it fails, or where somebody names it. */
import type { ApiService, FactsFor } from '../model.ts';
import { type BackendFacts, readBackend } from './backend.ts';
import { customResourcesOf } from './custom-resources.ts';
import type { InWave } from './readers/reader.ts';

export type DeepFacts = Pick<FactsFor<'apiservice'>, 'backend' | 'backendEndpoints' | 'backendPods' | 'customResources'>;

/** There was no reason to look. */
const notLooked: DeepFacts = {
  backend: { ok: true, value: null },
  backendEndpoints: { ok: true, value: null },
  backendPods: { ok: true, value: null },
  customResources: { ok: true, value: null },
};

/** What there is reason to look at: everything, or only the custom resources that share the APIService's group. */
export type Reason = 'fails' | 'shares its group' | null;

/** Makes the function that looks: each Service is asked about once, whatever number of APIServices it serves. From wave 2 on. */
export function deeply(api: InWave): (service: ApiService, reason: Reason) => Promise<DeepFacts> {
  const backends = new Map<string, Promise<BackendFacts>>();
  const customResources = customResourcesOf([api(2), api(3)]);
  const backendOf = ({ service }: ApiService) => {
    const key = `${service.namespace}/${service.name}`;
    const known = backends.get(key) ?? readBackend([api(2), api(3)], service);
    backends.set(key, known);
    return known;
  };
  return async (service, reason) => {
    if (reason === null) return notLooked;
    const [backend, customs] = await Promise.all([reason === 'fails' ? backendOf(service) : notLooked, customResources(service.group)]);
    return { ...notLooked, ...backend, customResources: customs };
  };
}
