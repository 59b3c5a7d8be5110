/** The facts of one APIService that go deeper than its condition: asked where it fails, or where somebody names it. */
import type { ApiService, FactsFor, Observed } from '../model.ts';
import { readBackend } from './backend.ts';
import { notInTrouble, type Trouble } from './backend-trouble.ts';
import { type Binding, readBindings } from './bindings.ts';
import { customResourcesOf } from './custom-resources.ts';
import { readDelegation, readRules } from './delegation.ts';
import type { InWave } from './readers/reader.ts';

export type DeepFacts = Pick<
  FactsFor<'apiservice'>,
  'backend' | 'backendEndpoints' | 'backendPods' | 'delegation' | 'customResources' | keyof Trouble
>;

const nothing = { ok: true, value: null } as const;
/** There was no reason to look. */
const notLooked: DeepFacts = {
  backend: nothing,
  backendEndpoints: nothing,
  backendPods: nothing,
  delegation: nothing,
  customResources: nothing,
  ...notInTrouble,
};

/** What there is reason to look at: everything, or only the custom resources that share the APIService's group. */
export type Reason = 'fails' | 'shares its group' | null;

/** What was asked for already. */
interface Known {
  /** Every ClusterRoleBinding. */
  readonly bindings: Observed<readonly Binding[] | null>;
}

/** Makes the function that looks, from wave 2 on: each Service is asked about once, whatever number of APIServices it serves. */
export function deeply(api: InWave, { bindings }: Known): (service: ApiService, reason: Reason) => Promise<DeepFacts> {
  const bindingsIn = once((namespace: string) => readBindings(api(2), namespace));
  const rulesAt = once((path: string) => readRules(api(4), path));
  const customResources = customResourcesOf([api(2), api(3)]);
  const behind = once(async (key: string) => {
    const [namespace = '', name = ''] = key.split('/');
    const [backend, kubeSystem, own] = await Promise.all([
      readBackend([api(2), api(3), api(4)], { namespace, name }),
      bindingsIn('kube-system'),
      bindingsIn(namespace),
    ]);
    return { ...backend, delegation: await readDelegation(rulesAt, backend.backendPods, { cluster: bindings, kubeSystem, own }) };
  });
  return async ({ service, group }, reason) => {
    if (reason === null) return notLooked;
    const [backend, customs] = await Promise.all([
      reason === 'fails' ? behind(`${service.namespace}/${service.name}`) : {},
      customResources(group),
    ]);
    return { ...notLooked, ...backend, customResources: customs };
  };
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
