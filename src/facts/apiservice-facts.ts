/** The facts of one APIService that go deeper than its condition: asked where it fails, or where somebody names it. */
import type { ApiService, FactsFor, Observed } from '../model.ts';
import { readBackend } from './backend.ts';
import { type Binding, readBindings } from './bindings.ts';
import { readDelegation, readRules } from './delegation.ts';
import type { InWave } from './readers/reader.ts';

export type DeepFacts = Pick<FactsFor<'apiservice'>, 'backend' | 'backendEndpoints' | 'backendPods' | 'delegation'>;

const nothing = { ok: true, value: null } as const;
/** There was no reason to look. */
export const notLooked: DeepFacts = { backend: nothing, backendEndpoints: nothing, backendPods: nothing, delegation: nothing };

/** What was asked for already. */
interface Known {
  /** Every ClusterRoleBinding. */
  readonly bindings: Observed<readonly Binding[] | null>;
}

/** Makes the function that looks, from wave 2 on: each Service is asked about once, whatever number of APIServices it serves. */
export function deeply(api: InWave, { bindings }: Known): (service: ApiService) => Promise<DeepFacts> {
  const bindingsIn = once((namespace: string) => readBindings(api(2), namespace));
  const rulesAt = once((path: string) => readRules(api(4), path));
  const behind = once(async (key: string): Promise<DeepFacts> => {
    const [namespace = '', name = ''] = key.split('/');
    const [backend, kubeSystem, own] = await Promise.all([
      readBackend([api(2), api(3)], { namespace, name }),
      bindingsIn('kube-system'),
      bindingsIn(namespace),
    ]);
    return { ...backend, delegation: await readDelegation(rulesAt, backend.backendPods, { cluster: bindings, kubeSystem, own }) };
  });
  return ({ service }) => behind(`${service.namespace}/${service.name}`);
}

/** The same answer for the same key. */
function once<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
