/** The facts of one APIService that go deeper than its condition: asked where it fails, or where somebody names it. */
import type { ApiService, Discovery, FactsFor, Failure, FailureKind, Observed } from '../model.ts';
import { type BackendFacts, readBackend } from './backend.ts';
import { notInTrouble, type Trouble } from './backend-trouble.ts';
import { type Binding, readBindings } from './bindings.ts';
import { customResourcesOf } from './custom-resources.ts';
import { readDelegation, readRules } from './delegation.ts';
import { type FrontProxy, probeAsFrontProxy } from './front-proxy-probe.ts';
import { readNetworkPolicies } from './network-policies.ts';
import { once } from './once.ts';
import type { InWave } from './readers/reader.ts';
import { type ServiceName, servicesAmong } from './services.ts';
import { readServing, type ServingFacts, type Standpoint } from './serving.ts';
import { objectOf } from './user-request.ts';

export type DeepFacts = Pick<
  FactsFor<'apiservice'>,
  | 'backend'
  | 'backendEndpoints'
  | 'backendPods'
  | 'delegation'
  | 'customResources'
  | 'dials'
  | 'serving'
  | 'frontProxyProbe'
  | 'networkPolicies'
  | keyof Trouble
>;

const nothing = { ok: true, value: null } as const;
/** There was no reason to look. */
const notLooked: DeepFacts = {
  backend: nothing,
  backendEndpoints: nothing,
  backendPods: nothing,
  delegation: nothing,
  customResources: nothing,
  dials: nothing,
  serving: nothing,
  frontProxyProbe: nothing,
  networkPolicies: nothing,
  ...notInTrouble,
};

/** What there is reason to look at: all that lies behind it, or of what serves its certificate alone; the custom resources of its group. */
export interface Reasons {
  readonly behind: 'all' | 'certificate' | null;
  readonly customResources: boolean;
}

/** What is known already. */
interface Known extends Standpoint {
  /** Every ClusterRoleBinding. */
  readonly bindings: Observed<readonly Binding[] | null>;
  /** What extension servers may be asked with directly; null: with nothing. */
  readonly frontProxy: FrontProxy | null;
  /** Those of the APIServices that will be asked about. */
  readonly services: readonly ServiceName[];
  /** Milliseconds since 1970. */
  readonly serverClock: number;
}

/** Failures that a NetworkPolicy may make. */
const blocked: readonly FailureKind[] = ['timeout', 'no-route', 'cut-off'];

/** Makes the function that looks, from wave 2 on: each Service is asked about once, whatever number of APIServices it serves. */
export function deeply(
  api: InWave,
  { bindings, frontProxy, services, serverClock, ...place }: Known,
): (service: ApiService, own: Observed<Discovery>, failure: Failure | null, reasons: Reasons) => Promise<DeepFacts> {
  const customResources = customResourcesOf([api(2), api(3)]);
  const bindingsIn = once((namespace: string) => readBindings(api(2), namespace));
  const rulesAt = once((path: string) => readRules(api(4), path));
  const read = servicesAmong(api(2), services);
  const backendOf = once((key: string) => readBackend([api(2), api(3), api(4)], serviceAt(key), { read, now: new Date(serverClock) }));
  const delegationOf = once(async (key: string) => {
    const [{ backendPods }, kubeSystem, own] = await Promise.all([
      backendOf(key),
      bindingsIn('kube-system'),
      bindingsIn(serviceAt(key).namespace),
    ]);
    return readDelegation(rulesAt, backendPods, { cluster: bindings, kubeSystem, own });
  });
  const servings = new Map<string, Promise<ServingFacts>>();
  const servingOf = (service: ApiService, backend: BackendFacts): Promise<ServingFacts> => {
    const key = `${keyOf(service)}:${service.service.port}`;
    const next = afterPods(backend);
    const asked = servings.get(key) ?? readServing([api(next), api(next + 1)], service, backend, place);
    servings.set(key, asked);
    return asked;
  };
  const policiesOf = once(async (key: string) => {
    const backend = await backendOf(key);
    return readNetworkPolicies(api(afterPods(backend)), serviceAt(key).namespace, backend.backendPods);
  });

  const probe = (service: ApiService, backend: BackendFacts, own: Observed<Discovery>) => {
    const next = afterPods(backend);
    const object = own.ok ? objectOf(service, own.value.document) : null;
    return frontProxy && anyReady(backend)
      ? probeAsFrontProxy([api(next), api(next + 1)], service, backend, frontProxy, object?.path ?? null)
      : nothing;
  };

  const behind = async (service: ApiService, own: Observed<Discovery>, failure: Failure | null) => {
    const key = keyOf(service);
    // Its bindings are asked for together with the Service.
    const delegating = delegationOf(key);
    const backend = await backendOf(key);
    const onTheWay = (!failure || failure.side === 'way') && anyReady(backend);
    const [delegation, serving, networkPolicies, frontProxyProbe] = await Promise.all([
      delegating,
      onTheWay ? servingOf(service, backend) : {},
      onTheWay && failure && blocked.includes(failure.signature) ? policiesOf(key) : nothing,
      probe(service, backend, own),
    ]);
    return { ...backend, delegation, ...serving, networkPolicies, frontProxyProbe };
  };
  const certificate = async (service: ApiService): Promise<Pick<DeepFacts, 'serving'>> => {
    const backend = await backendOf(keyOf(service));
    // A snapshot of before does not hold it.
    return backend.backend.ok ? { serving: (await servingOf(service, backend)).serving } : { serving: nothing };
  };
  const looking = { all: behind, certificate };
  return async (service, own, failure, reasons) => {
    const [deep, customs] = await Promise.all([
      reasons.behind ? looking[reasons.behind](service, own, failure) : {},
      reasons.customResources ? customResources(service.group) : nothing,
    ]);
    return { ...notLooked, ...deep, customResources: customs };
  };
}

const keyOf = ({ service: { namespace, name } }: ApiService) => `${namespace}/${name}`;
const serviceAt = (key: string) => {
  const [namespace = '', name = ''] = key.split('/');
  return { namespace, name };
};
/** The pods of a selector are asked for in wave 3. */
const afterPods = ({ backend }: BackendFacts) => (backend.ok && backend.value?.service?.selector ? 4 : 3);
/** Where all pods are seen not to be ready there is nothing to dial. */
const anyReady = ({ backendPods }: BackendFacts) =>
  !backendPods.ok || backendPods.value.length === 0 || backendPods.value.some(({ ready }) => ready);
