/** Every APIService beyond its discovery: a second look, a user's request, what lies behind it, and what the logs of all prove together. */
import type {
  ApiService,
  Ask,
  AuthenticationConfigMap,
  Choices,
  Discovery,
  Endpoint,
  FactsFor,
  Failure,
  ListedApiService,
  Observed,
  OpenAPIList,
  Subject,
} from '../model.ts';
import { askAgain } from './api-services.ts';
import type { Apiserver } from './apiservers.ts';
import { type DeepFacts, deeply, type Reasons } from './apiservice-facts.ts';
import type { Binding } from './bindings.ts';
import { divisionAmong } from './endpoints.ts';
import { contradicts, failureOf } from './failure.ts';
import { frontProxyOf } from './front-proxy-probe.ts';
import { readOpenAPIDocument } from './open-api.ts';
import { nothing, readOwnLogs, withOwnLogs } from './own-logs.ts';
import type { InWave } from './readers/reader.ts';
import { routeOf } from './route.ts';
import { servingFaults } from './serving-faults.ts';
import { requestAsUser } from './user-request.ts';

/** An APIService, and what its discovery gave. */
export interface Seen {
  readonly service: ApiService;
  readonly own: Observed<Discovery>;
  readonly failure: Failure | null;
}
interface Around {
  /** URL of the kubeconfig's server; null without one. */
  readonly server: string | null;
  readonly user: string | null;
  /** Milliseconds since 1970. */
  readonly serverClock: number;
  readonly clock: Date;
  readonly choices: Choices;
  readonly endpoints: readonly Endpoint[];
  /** Addresses (`host:port`) of the kube-apiservers that may be asked one by one. */
  readonly announced: readonly string[];
  readonly apiServices: readonly ListedApiService[];
  readonly apiservers: readonly Apiserver[];
  readonly configMap: Observed<AuthenticationConfigMap | null>;
  /** Every ClusterRoleBinding. */
  readonly bindings: Observed<readonly Binding[] | null>;
  readonly openAPIList: Observed<OpenAPIList | null>;
}

/** Whether the user wants to know all of it. */
export const isNamed = ({ targets }: Choices, { service, failure }: Pick<Seen, 'service' | 'failure'>): boolean =>
  targets === 'unavailable' ? failure !== null : targets === 'all' || (targets?.includes(service.name) ?? false);

/** Asks from wave 2 on. What it gives is in the order of the APIServices. */
export async function lookAtAll(api: InWave, seen: readonly Seen[], around: Around) {
  const { server, user, serverClock, clock, choices, endpoints, announced, apiServices, apiservers, configMap, bindings } = around;
  const second = [api(2), api(3)] as const satisfies readonly Ask[];
  const onNode = apiservers.some(({ manifest }) => manifest.ok);
  const frontProxy = choices.asFrontProxy ? frontProxyOf(apiservers, configMap, announced) : null;
  // Through a tunnel kube-apiserver reaches what its node does not.
  const tunnel = apiservers.some(({ flags }) => flags.byName['egress-selector-config-file']);
  const certificatesShow = (onNode && !tunnel) || choices.portForward || choices.readSecrets;
  const reasonsFor = (one: Seen): Reasons => {
    const { service, failure } = one;
    const whole = isNamed(choices, one) || (failure !== null && failure.side !== 'kube-apiserver');
    const certificate = certificatesShow && failure === null && !service.insecureSkipTLSVerify;
    return {
      behind: whole ? 'all' : certificate ? 'certificate' : null,
      customResources: whole || apiServices.some(({ group, automanaged }) => group === service.group && automanaged),
    };
  };
  const all = seen.map((one) => ({ one, reasons: reasonsFor(one) }));
  const services = all.flatMap(({ one, reasons }) => (reasons.behind ? [one.service.service] : []));
  const look = deeply(api, { bindings, onNode, choices, frontProxy, services, serverClock });
  // One bad replica of several shows now and then.
  const again = (one: Seen) => contradicts(one.service, one.own) || (Array.isArray(choices.targets) && isNamed(choices, one));
  const documented = (one: Seen) => isNamed(choices, one) && one.failure === null && one.own.ok;
  const [divisions, repeats, requests, deep, logs, openAPI] = await Promise.all([
    Promise.all(seen.map(({ service, own }) => divisionAmong(second, service, endpoints, { server, user, own, serverClock }))),
    Promise.all(seen.map((one) => (again(one) ? askAgain(api(2), one.service, user) : []))),
    Promise.all(seen.map(({ service, own, failure }) => (failure || !own.ok ? known(null) : requestAsUser(second, service, own.value)))),
    Promise.all(all.map(({ one, reasons }) => look(one.service, one.own, one.failure, reasons))),
    // Where the files of every kube-apiserver are visible they tell it better.
    apiservers.length > 0 && apiservers.every(({ manifest }) => manifest.ok)
      ? seen.map(() => nothing)
      : readOwnLogs([api(2), api(3), api(4)], seen, { clock, configMap: configMap.ok ? configMap.value : null }),
    Promise.all(seen.map((one) => (documented(one) ? readOpenAPIDocument(api(2), one.service, around.openAPIList) : known(null)))),
  ]);
  return { divisions, repeats, requests, deep, logs, openAPI };
}
type Looked = Awaited<ReturnType<typeof lookAtAll>>;

interface Judged {
  readonly apiserver: readonly { readonly subject: Subject; readonly facts: FactsFor<'apiserver'> }[];
  readonly moment: Date;
  /** Of the version that runs; null: not known. */
  readonly minor: number | null;
}
/** The facts of each APIService, and what the logs of their extension servers prove together. Pure. */
export const apiservicesOf = (
  seen: readonly Seen[],
  { divisions, repeats, requests, deep, logs, openAPI }: Looked,
  { apiserver, moment, minor }: Judged,
) =>
  withOwnLogs(
    seen.map(({ service, own }, index) => {
      const division = divisions[index] ?? null;
      const repeated = repeats[index] ?? [];
      const behind = deep[index] as DeepFacts;
      const failure = division ? null : failureOf(service, own, moment, minor, repeated);
      const facts = {
        apiService: known(service),
        discovery: own,
        failure: known(failure),
        division: known(division),
        repeated: known(repeated),
        userRequest: requests[index] ?? known(null),
        openAPIDocument: openAPI[index] ?? known(null),
        ...behind,
        route: routeOf(service, behind, apiserver),
        servingFaults: known(servingFaults(service, failure, behind.serving, moment)),
      };
      return { subject: { scope: 'apiservice', name: service.name }, facts };
    }),
    logs,
    apiserver,
  );

const known = <T>(value: T) => ({ ok: true, value }) as const;
