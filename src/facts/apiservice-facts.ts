/** The facts of one APIService that go deeper than its condition: asked where it fails, or where somebody names it. */
import type { ApiService, FactsFor } from '../model.ts';
import { type BackendFacts, readBackend } from './backend.ts';
import { notInTrouble, type Trouble } from './backend-trouble.ts';
import type { InWave } from './readers/reader.ts';

export type DeepFacts = Pick<FactsFor<'apiservice'>, 'backend' | 'backendEndpoints' | 'backendPods' | keyof Trouble>;

/** There was no reason to look. */
export const notLooked: DeepFacts = {
  backend: { ok: true, value: null },
  backendEndpoints: { ok: true, value: null },
  backendPods: { ok: true, value: null },
  ...notInTrouble,
};

/** Makes the function that looks: each Service is asked about once, whatever number of APIServices it serves. From wave 2 on. */
export function deeply(api: InWave): (service: ApiService) => Promise<DeepFacts> {
  const backends = new Map<string, Promise<BackendFacts>>();
  const backendOf = ({ service }: ApiService) => {
    const key = `${service.namespace}/${service.name}`;
    const known = backends.get(key) ?? readBackend([api(2), api(3), api(4)], service);
    backends.set(key, known);
    return known;
  };
  return async (service) => ({ ...(await backendOf(service)) });
}
