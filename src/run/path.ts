/** The path of a request through one APIService: what was seen at each hop, and where it breaks. Pure. */

import type { AllFacts, FactsFor } from '../check.ts';
import { day, fromNow, hostPort, list, plural } from '../format.ts';
import {
  type AnyCheck,
  type FrontProxyProbe,
  type Hop,
  hops,
  type OpenAPIDocument,
  type ProbeAnswer,
  type Step,
  type Trust,
} from '../model.ts';
import type { Concern } from './concerns.ts';

/** What is known of one APIService, and of what all of them have in common. */
type Seen = { readonly [N in keyof FactsFor<'apiservice'>]?: AllFacts[N] } & {
  readonly now: Date;
  readonly trust: Trust | null;
};

/** What each hop shows, from facts alone: a new fact is a line here. */
const lines: Readonly<Record<Hop, (seen: Seen) => readonly string[]>> = {
  registration: ({ apiService, now }) => {
    const { available, deleting } = apiService ?? {};
    if (!apiService) return [];
    const reason = available?.reason ? ` (${available.reason})` : '';
    const condition = available
      ? `Available ${available.status}${reason}, last changed ${fromNow(available.since, now)}`
      : 'no condition Available';
    return [condition, ...(deleting ? [`deletion requested ${fromNow(deleting, now)}`] : [])];
  },
  Service: ({ apiService, backend, route }) => {
    if (!apiService || !backend) return [];
    const { namespace, name, port } = apiService.service;
    const { service } = backend;
    if (!service)
      return [backend.namespace === 'absent' ? `${namespace}/${name}: no such namespace` : `${namespace}/${name} does not exist`];
    const own = service.ports.find((one) => one.port === port);
    const to = own && String(own.targetPort) !== String(port) ? `${port} to ${own.targetPort}` : `${port}`;
    const address = service.type === 'ExternalName' ? service.externalName : service.clusterIP;
    const dialled =
      route && service.type !== 'ExternalName' ? [`dialed by ${route.to === 'pod' ? 'pod IP' : route.to}, because ${route.evidence}`] : [];
    return [`${namespace}/${name}: ${[service.type, address].filter(Boolean).join(' ')}, port ${to}`, ...dialled];
  },
  endpoints: ({ backend, backendEndpoints, backendPods }) => {
    const addresses = backendEndpoints?.addresses ?? [];
    const ready = addresses.filter((one) => one.ready);
    const named = (all: typeof addresses) =>
      list([...new Set(all.map(({ address, ports }) => hostPort(address, ports[0]?.port ?? '?')))], { most: 3 });
    const none = backendEndpoints && backend?.service?.type !== 'ExternalName' && addresses.length === 0 ? ['no address'] : [];
    const waiting = addresses.length - ready.length;
    return [
      ...none,
      ...(ready.length > 0 ? [`${named(ready)} ready`] : []),
      ...(waiting > 0 ? [`${plural(waiting, 'address', 'addresses')} not ready`] : []),
      ...(backendPods ?? []).slice(0, 3).map(({ name, node, phase, ready: up, containers }) => {
        const restarts = containers.reduce((sum, one) => sum + one.restarts, 0);
        const told = containers.map(({ state }) => state.reason).find((reason) => reason !== '');
        const notes = [up ? 'ready' : (told ?? phase), ...(restarts > 0 ? [plural(restarts, 'restart')] : [])];
        return `pod ${name}${node ? ` on ${node}` : ''}: ${notes.join(', ')}`;
      }),
    ];
  },
  network: ({ dials }) =>
    (dials ?? []).map(({ to, address, connected, message }) => `from this node ${to} ${address}: ${connected ? 'answers' : message}`),
  TLS: ({ apiService, serving }) => [...presented(serving), ...trusted(apiService)],
  'front proxy': ({ trust, frontProxyProbe }) => {
    const names = trust?.allowedNames;
    return [
      ...(trust?.presents ? [`presents ${trust.presents}`] : []),
      ...(names ? [`allowed: ${list(names) || 'any name'}`] : []),
      ...(frontProxyProbe ? probed(frontProxyProbe) : []),
    ];
  },
  delegation: ({ delegation }) => {
    if (!delegation) return [];
    const missing = [
      ...(delegation.configMapVerbsMissing.length > 0 ? [`${list(delegation.configMapVerbsMissing)} the ConfigMap`] : []),
      ...delegation.reviewsMissing.map((resource) => `create ${resource}`),
    ];
    return [`ServiceAccount ${delegation.account}${missing.length > 0 ? `: RBAC does not let it ${list(missing)}` : ''}`];
  },
  discovery: ({ apiService, discovery, openAPIDocument }) => {
    if (!apiService || !discovery) return [];
    const took = discovery.ms === undefined ? '' : ` in ${discovery.ms} ms`;
    const answered = `GET /apis/${apiService.group}/${apiService.version}: ${discovery.status}${discovery.ok ? '' : ` ${discovery.text}`}${took}`;
    return [answered, ...(openAPIDocument ? [documented(openAPIDocument)] : [])];
  },
  request: ({ disagreement, userRequest }) => [
    ...(disagreement
      ? [`serves through ${list(disagreement.serving)}, never through ${list(disagreement.failing.map(({ name }) => name))}`]
      : []),
    ...(userRequest ? [`GET ${userRequest.path}: ${userRequest.status ?? userRequest.text}`] : []),
  ],
  effects: () => [],
};

function probed({ withPair, without }: FrontProxyProbe): readonly string[] {
  const said = ({ status, text, seenAs }: ProbeAnswer) => (status === null ? text : seenAs ? `seen as ${seenAs} (${status})` : `${status}`);
  const pair = withPair ? [`direct request as aggctl-probe with this certificate: ${said(withPair)}`] : [];
  return [...pair, `direct request as aggctl-probe without a certificate: ${said(without)}`];
}
const documented = (one: OpenAPIDocument): string => {
  if (one.is === 'not listed') return `GET ${one.path}: not listed in /openapi/v3`;
  return `GET ${one.path}: ${'status' in one ? `${one.status} in ${one.ms} ms` : one.text}`;
};
function presented(serving: Seen['serving']): readonly string[] {
  const [leaf] = serving?.chain ?? [];
  if (!leaf) return [];
  const what = serving?.from === 'Secret' ? 'its Secret holds' : 'presents';
  return [`${what} ${leaf.subject || 'a certificate'}, for ${list(leaf.names, { most: 3 }) || 'no name'}, to ${day(leaf.notAfter)}`];
}
function trusted(apiService: Seen['apiService']): readonly string[] {
  if (!apiService) return [];
  if (apiService.insecureSkipTLSVerify) return ['insecureSkipTLSVerify: kube-apiserver does not verify the certificate'];
  const { certificates = [], fault } = apiService.caBundle ?? {};
  if (fault) return [`caBundle: ${fault}`];
  if (certificates.length === 0) return ['no caBundle: kube-apiserver uses the CAs of its system'];
  const cas = certificates.map(({ subject, notAfter }) => `${subject}, to ${day(notAfter)}`);
  return [`caBundle: ${list(cas, { most: 2 })}`];
}

/** What GET /apis/GROUP/VERSION passes on its way: its answer proves them. */
const travelled: readonly Hop[] = ['registration', 'Service', 'endpoints', 'network', 'TLS', 'front proxy', 'discovery'];

/** What the checks say of this APIService. */
interface Judged {
  readonly checkOf: ReadonlyMap<string, Pick<AnyCheck, 'hop' | 'hopByText' | 'endsRequests'>>;
  readonly concerns: readonly Concern[];
  /** Hops of which a check passed. */
  readonly passed: ReadonlySet<Hop>;
}

/** The steps in their order. What lies behind the first broken hop is not judged; what it breaks elsewhere is. */
export function pathOf(
  facts: FactsFor<'apiservice'>,
  { checkOf, concerns, passed }: Judged,
  now: Date,
  trust: Trust | null,
): readonly Step[] {
  const seen = {
    now,
    trust,
    ...Object.fromEntries(Object.entries(facts).flatMap(([fact, one]) => (one.ok ? [[fact, one.value]] : []))),
  } as Seen;
  const failure = seen.failure && !seen.failure.inTransition ? seen.failure : null;
  const byText = failure ? failure.hop : null;
  const breaks = ({ ids }: Concern): Hop => {
    const telling = ids.map((id) => checkOf.get(id)).find((check) => !check?.hopByText);
    return telling?.hop ?? byText ?? 'discovery';
  };
  const ends = ({ finding: { id, severity } }: Concern) => severity === 'error' && checkOf.get(id)?.endsRequests !== false;
  const errors = concerns.filter(ends).map(breaks);
  const broken = new Set(errors.length === 0 && byText ? [byText] : errors);
  const remarks = new Set(concerns.filter((one) => !ends(one)).map(breaks));
  // Where a single request ended: nothing is proven there yet.
  const doubtful = seen.failure?.inTransition && !seen.failure.mended && seen.discovery?.ok === false ? seen.failure.hop : null;
  const first = hops.findIndex((hop) => broken.has(hop) || hop === doubtful);
  const stateOf = (hop: Hop, index: number): Step['state'] => {
    if (broken.has(hop)) return 'broken';
    if (first >= 0 && index > first && hop !== 'effects') return 'behind';
    // A connection that failed from this node is no pass, whoever else got through.
    const unreached = hop === 'network' && (seen.dials ?? []).some(({ connected }) => !connected);
    if (remarks.has(hop) || unreached || hop === doubtful) return 'remark';
    // That nothing else is held up needs no line.
    if (hop === 'effects') return 'unknown';
    const proven = travelled.includes(hop) && (first >= 0 ? index < first : seen.discovery?.ok === true || seen.failure === null);
    return proven || passed.has(hop) ? 'passed' : 'unknown';
  };
  return hops.map((hop, index) => {
    const state = stateOf(hop, index);
    const text = state === 'broken' && hop === byText && failure ? [failure.text] : [];
    return { hop, state, shows: state === 'behind' ? [] : [...new Set([...lines[hop](seen), ...text])] };
  });
}
