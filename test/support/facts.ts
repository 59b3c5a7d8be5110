/** The facts of a healthy cluster, as the lab recorded them, and small ways to change one thing. */
import type { AllFacts, FactName, Gathered } from '../../src/check.ts';
import { clientCaOf, standardFilesOf } from '../../src/distributions/places.ts';
import { chainOf } from '../../src/facts/apiserver/front-proxy-chain.ts';
import { remedyOf } from '../../src/facts/apiserver/front-proxy-remedy.ts';
import { faultOfPair } from '../../src/facts/apiserver/pair-fault.ts';
import type { StandardFrontProxy } from '../../src/facts/apiserver/standard-front-proxy.ts';
import { signerFault, trustFault } from '../../src/facts/apiserver/trust.ts';
import { failureOf } from '../../src/facts/apiservice/first-failure.ts';
import { faultsOf } from '../../src/facts/apiservice/serving-faults.ts';
import { commonAmong } from '../../src/facts/cluster/common-failure.ts';
import { readFlags } from '../../src/facts/shared/read-flags.ts';
import type { ApiService, AuthenticationConfigMap, Certificate, Discovery, Observed } from '../../src/model.ts';
import { readCaBundle } from '../../src/x509/bundle.ts';
import { pemKey, textFile } from './pairs.ts';
import { type Issued, issue, type KeyPair, keyPair, type Recipe } from './pki.ts';
import { gathered, scenarioOf } from './scenarios.ts';

const sound = await gathered(scenarioOf('healthy'));
const had = <T>(observed: Observed<T>): T => {
  if (!observed.ok) throw new Error(`the healthy scenario lacks a fact: ${observed.message}`);
  return observed.value;
};
const only = <T>(observed: Observed<readonly T[]>): T => {
  const [one, ...more] = had(observed);
  if (!one || more.length > 0) throw new Error('the healthy scenario is not one of each');
  return one;
};
const values = (facts: object) => Object.fromEntries(Object.entries(facts).map(([name, observed]) => [name, had(observed)]));

/** The healthy facts as values: one kube-apiserver, one APIService. */
export const healthy = {
  ...values(sound.cluster),
  ...values(only(sound.apiserver).facts),
  ...values(only(sound.apiservice).facts),
} as AllFacts;

/** A fact that could not be had. */
export const unknown = Symbol('unknown');
/** Facts in place of the healthy ones. */
export type Change = { readonly [N in FactName]?: AllFacts[N] | typeof unknown } & {
  /** Further kube-apiservers, on cp-2 and so on: each healthy but for a change. */
  readonly beside?: readonly Change[];
  /** What is on the node beside the files that the flags name; nobody looked where it is left out. */
  readonly standard?: StandardFrontProxy;
};

/** The healthy facts with a change, in the place where each belongs. */
export function changed({ standard, ...facts }: Change): Gathered {
  const change: Change = { ...facts, frontProxyRemedy: facts.frontProxyRemedy ?? remedyIn(facts, standard), ...chainIn(facts) };
  const [apiserver, apiservice] = [only(sound.apiserver), only(sound.apiservice)];
  const apply = <F extends object>(facts: F, to: Change = change) =>
    Object.fromEntries(
      Object.entries(facts).map(([name, observed]) => [name, name in to ? observedOf(to[name as FactName]) : observed]),
    ) as F;
  const beside = (change.beside ?? []).map((one, index) => ({
    subject: { scope: 'apiserver' as const, name: `cp-${index + 2}` },
    facts: apply(apiserver.facts, one),
  }));
  return {
    cluster: apply(sound.cluster),
    apiserver: { ok: true, value: [{ ...apiserver, facts: apply(apiserver.facts) }, ...beside] },
    apiservice: { ok: true, value: [{ ...apiservice, facts: apply(apiservice.facts) }] },
  };
}
/** The chain follows from its files. */
function chainIn({ proxyClientCert = healthy.proxyClientCert, requestheaderCa = healthy.requestheaderCa }: Change): Change {
  if (proxyClientCert === unknown) return { frontProxyChain: unknown };
  return {
    frontProxyChain: chainOf(
      proxyClientCert as AllFacts['proxyClientCert'],
      observedOf(requestheaderCa) as Observed<AllFacts['requestheaderCa']>,
    ),
  };
}
/** What the remedy follows from. */
const remedied = ['flags', 'proxyClientCert', 'proxyClientKey', 'requestheaderCa', 'clientCa', 'distribution'];
function remedyIn(change: Change, standard?: StandardFrontProxy) {
  if (!standard && !remedied.some((name) => name in change)) return healthy.frontProxyRemedy;
  const of = <N extends 'proxyClientCert' | 'proxyClientKey' | 'requestheaderCa' | 'clientCa'>(name: N) => {
    const value = name in change ? change[name] : healthy[name];
    return (value === unknown || value === undefined ? null : value) as AllFacts[N];
  };
  /** Where the row leaves a file in its place, that is the distribution's. */
  const at = <F extends { readonly hostPath: string | null }>(file: F | null, place: 'cert' | 'key' | 'ca'): F | null =>
    file && paths && file.hostPath === standardFilesOf(healthy.distribution)?.[place] ? { ...file, hostPath: paths[place] } : file;
  const flags = change.flags === unknown ? healthy.flags : ((change.flags as AllFacts['flags'] | undefined) ?? healthy.flags);
  const distribution = 'distribution' in change ? (change.distribution as string | null) : healthy.distribution;
  const paths = standardFilesOf(distribution);
  const unseen = { ok: false, why: 'excluded', message: 'nobody looked' } as const;
  return remedyOf({
    flags,
    cert: at(of('proxyClientCert'), 'cert'),
    key: at(of('proxyClientKey'), 'key'),
    ca: at(of('requestheaderCa'), 'ca'),
    clientCa: of('clientCa'),
    moment: healthy.now,
    standard: standard ?? {
      files: paths && { paths, clientCaPath: clientCaOf(distribution), ca: unseen, cert: unseen, key: unseen },
      caKeys: {},
    },
  });
}
const observedOf = (value: unknown): Observed<unknown> =>
  value === unknown ? { ok: false, why: 'excluded', message: 'left out by the row' } : { ok: true, value };

/** The moment so many days after the one that is judged. */
export const days = (count: number): Date => new Date(healthy.now.getTime() + count * 86_400_000);

/** The flags with some set to another value, as kube-apiserver's flag library takes it, or left out (null). */
export function flags(set: Readonly<Record<string, string | null>>, of: 'flags' | 'runningFlags' = 'flags'): Change {
  const { byName, ...rest } = healthy[of];
  const named = Object.entries(set).flatMap(([name, value]) =>
    value === null ? [] : [{ text: `--${name}=${value}`, at: byName[name]?.at ?? rest.at }],
  );
  const kept = Object.fromEntries(Object.entries(byName).filter(([name]) => set[name] !== null));
  return { [of]: { ...rest, byName: { ...kept, ...readFlags(named) } } };
}
/** The ConfigMap with some of its keys otherwise. */
export const configMap = (keys: Partial<AuthenticationConfigMap>): Change => ({
  authConfigMap: { ...(healthy.authConfigMap as AuthenticationConfigMap), ...keys },
});

/** A CA of this name, valid from 900 days ago for ten years, with a key of its own. */
export const ca = (name: string, recipe: Partial<Recipe> = {}): Issued =>
  issue({
    subject: [['CN', name]],
    key: keyPair('p-256', name),
    basicConstraints: { ca: true },
    keyUsage: ['keyCertSign'],
    subjectKeyId: true,
    notBefore: days(-900),
    notAfter: days(2750),
    ...recipe,
  });
/** A front-proxy client certificate, valid from 65 days ago for a year. */
export const client = (issuer: Issued, recipe: Partial<Recipe> = {}): Issued =>
  issue({
    subject: [['CN', 'front-proxy-client']],
    key: keyPair('p-256', 'client'),
    issuer,
    extendedKeyUsage: ['clientAuth'],
    authorityKeyId: true,
    notBefore: days(-65),
    notAfter: days(300),
    ...recipe,
  });

/** What lies on the node and in the ConfigMap: PEM texts, leaf first. Extension servers trust `published`. */
interface FrontProxy {
  readonly chain: readonly Issued[];
  readonly trusted: readonly Issued[];
  readonly published?: readonly Issued[];
  readonly key?: KeyPair;
}
/** The facts of other certificates in the places of the healthy ones, Go's judgement of them included. */
export function frontProxy({ chain, trusted, published = trusted, key }: FrontProxy): Change {
  const proxyClientCert = { ...file('proxyClientCert'), certificates: certificates(chain), answer: textFile(text(chain)) };
  const proxyClientKey = { ...file('proxyClientKey'), answer: pemKey(key ?? (chain[0] as Issued).key) };
  const requestheaderCa = { ...file('requestheaderCa'), certificates: certificates(trusted) };
  const { authConfigMap } = configMap({ requestheaderCa: certificates(published) }) as { authConfigMap: AuthenticationConfigMap };
  return {
    proxyClientCert,
    proxyClientKey,
    requestheaderCa,
    authConfigMap,
    pairFault: faultOfPair(proxyClientCert, proxyClientKey),
    chainFaultByFlags: trustFault(proxyClientCert, requestheaderCa.certificates, healthy.now),
    signerFaultByFlags: signerFault(proxyClientCert, requestheaderCa.certificates, healthy.now),
    signerFaultByConfigMap: signerFault(proxyClientCert, authConfigMap.requestheaderCa, healthy.now),
  };
}
const text = (issued: readonly Issued[]) => issued.map(({ pem }) => pem).join('');
export const certificates = (issued: readonly Issued[]): readonly Certificate[] => readCaBundle(text(issued)).certificates;

type Files = 'proxyClientCert' | 'proxyClientKey' | 'requestheaderCa' | 'clientCa';
/** One of the files that flags name, as it is when all is well, or with a change. */
export const file = <N extends Files>(name: N, change: Partial<AllFacts[N]> = {}): NonNullable<AllFacts[N]> =>
  ({ ...(healthy[name] as object), ...change }) as NonNullable<AllFacts[N]>;

/** The facts that depend on the pair, when no flag names one. */
export const noPair: Change = {
  proxyClientCert: null,
  proxyClientKey: null,
  pairFault: null,
  signerFaultByFlags: null,
  signerFaultByConfigMap: null,
};
/** Where the healthy files lie. */
export const places = { cert: file('proxyClientCert').at, key: file('proxyClientKey').at, ca: file('requestheaderCa').at };

/** An APIService whose condition Available has been False for five minutes, or so many seconds, with this reason and message. */
export function unavailable(reason: string, message: string, service: Partial<ApiService> = {}, seconds = 300): Change {
  const since = new Date(healthy.now.getTime() - seconds * 1000);
  return failing({ ...healthy.apiService, ...service, available: { status: 'False', reason, message, since } });
}
/** The facts of an APIService in this state, and of what a request through the aggregator gives. */
export function failing(
  apiService: ApiService,
  discovery: Discovery = answers(503),
  minor: number = healthy.version.minor,
  repeated: readonly Discovery[] = [],
  reached: 'all' | 'none' | null = null,
): Change {
  const failure = failureOf(apiService, { ok: true, value: discovery }, healthy.now, minor, { repeated, reached });
  const faults = faultsOf(apiService, failure, undefined, healthy.now);
  return {
    apiService,
    discovery,
    repeated,
    failure,
    servingFaults: faults,
    commonFailure: commonAmong([{ service: apiService, failure }]),
  };
}
export const answers = (status: number, message = ''): Discovery => ({
  status,
  text: message,
  ok: status === 200,
  document: status === 200 ? healthy.discovery.document : null,
});

/** Several APIServices, each with the text of its condition ('' for one that serves), and each with a server of its own or with one Service. */
export function servers(messages: readonly string[], sharing: 'own Services' | 'one Service' = 'own Services'): Change {
  const all = messages.map((message, index) => {
    const name = sharing === 'one Service' ? 'api' : `api${index + 1}`;
    const service: ApiService = {
      ...healthy.apiService,
      name: `v1.api${index + 1}.example.com`,
      service: { ...healthy.apiService.service, name },
    };
    const change = message === '' ? failing(service, answers(200)) : unavailable('FailedDiscoveryCheck', message, service);
    return { service, failure: change.failure as AllFacts['failure'] };
  });
  return { commonFailure: commonAmong(all) };
}
