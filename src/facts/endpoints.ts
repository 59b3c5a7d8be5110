/** The kube-apiservers one by one, each at its own address: which answer, in which version, and what each gives for an APIService. */
import type { ApiService, Ask, Disagreement, Discovery, Endpoint, Observed } from '../model.ts';
import { innerText, recognise } from '../signatures/index.ts';
import { discover } from './api-services.ts';
import { hostPort } from './apiservers.ts';
import type { Announced } from './cluster.ts';
import { get } from './shared/kubernetes.ts';

/** How often a kube-apiserver is asked again where they seem to disagree. */
const repetitions = [1, 2, 3];

/** Their addresses as `host:port`; none when there is only one to ask. */
export const announcedAddresses = (announced: Observed<readonly Announced[]>): readonly string[] => {
  const addresses = announced.ok ? [...new Set(announced.value.map(({ address, port }) => hostPort(address, port)))] : [];
  return addresses.length > 1 ? addresses : [];
};

/** The question's `server`; the kubeconfig's own is asked without one. */
const at = (address: string, own: string | null) => (isOwn(address, own) ? {} : { server: address });
const isOwn = (address: string, own: string | null) => own?.replace(/\/$/, '') === `https://${address}`;

/**
 * Asks each for its version. Not available (`excluded`) when none of them can be reached from here, as from outside a private network:
 * then silence of one says nothing. Which node advertises an address is left open.
 */
export async function askEndpoints(ask: Ask, addresses: readonly string[], own: string | null): Promise<Observed<readonly Endpoint[]>> {
  const endpoints = await Promise.all(
    addresses.map(async (address): Promise<Endpoint> => {
      const answer = await get<{ gitVersion?: string }>(ask, '/version', undefined, at(address, own).server);
      const version: Observed<string> = answer.ok ? { ok: true, value: answer.value?.gitVersion ?? '' } : answer;
      return { address, node: null, version };
    }),
  );
  if (endpoints.length === 0 || endpoints.some(answers)) return { ok: true, value: endpoints };
  const first = endpoints.flatMap(({ version }) => (version.ok ? [] : [version.message]))[0];
  return {
    ok: false,
    why: 'excluded',
    message: `the ${endpoints.length} kube-apiservers one by one; none is reachable from here: ${first}`,
  };
}
const answers = ({ version }: Endpoint): boolean => version.ok || version.why === 'denied';

/** What one kube-apiserver gave for an APIService. */
interface View {
  readonly name: string;
  readonly discovery: Discovery;
}

interface Context {
  /** URL of the kubeconfig's server; what it gave already is `own`. */
  readonly server: string | null;
  readonly user: string | null;
  readonly own: Observed<Discovery>;
}

/**
 * Asks for one APIService through every kube-apiserver that answers, and three times more where they seem to disagree.
 * `serverClock`: milliseconds since 1970. null: they do not get different answers.
 */
export async function divisionAmong(
  ask: Ask,
  service: ApiService,
  endpoints: readonly Endpoint[],
  { serverClock, ...context }: Context & { readonly serverClock: number },
): Promise<Disagreement | null> {
  const views = await viewsOf(ask, service, endpoints, context);
  if (!mayBeDivided(service, views, serverClock)) return null;
  const later = await Promise.all(repetitions.map((nth) => viewsOf(ask, service, endpoints, context, nth)));
  return divisionOf([...views, ...later.flat()]);
}

async function viewsOf(
  ask: Ask,
  service: ApiService,
  endpoints: readonly Endpoint[],
  context: Context,
  nth?: number,
): Promise<readonly View[]> {
  const views = await Promise.all(
    endpoints.filter(answers).map(async ({ address, node }) => {
      const known = nth === undefined && isOwn(address, context.server);
      const where = { ...at(address, context.server), ...(nth && { nth }) };
      const discovery = known ? context.own : await discover(ask, service, context.user, where);
      return discovery.ok ? [{ name: node ?? address, discovery: discovery.value }] : [];
    }),
  );
  return views.flat();
}

/**
 * Whether a second look is due: some serve and some do not, or what all say may be one moment of a condition that flaps. It does so
 * several times a second when two kube-apiservers write what each of them sees (seen on 1.35.4, 1.36.3 and 1.37.2). `at`: the server's clock.
 */
export function mayBeDivided({ available }: ApiService, views: readonly View[], at: number): boolean {
  if (views.length < 2 || views.every(({ discovery }) => discovery.ok)) return false;
  return views.some(({ discovery }) => discovery.ok) || (available !== null && at - available.since.getTime() < 10_000);
}

/** The shared condition, which every kube-apiserver repeats while it is False: it says nothing of the one that was asked. */
const isEcho = ({ status, text }: Discovery) => status === 503 && text === 'service unavailable';

/** Through whom the APIService answers at least once, and through whom it only fails; null unless there are both. */
export function divisionOf(views: readonly View[]): Disagreement | null {
  const names = [...new Set(views.map(({ name }) => name))];
  const of = (name: string) => views.filter((view) => view.name === name).map(({ discovery }) => discovery);
  const serving = names.filter((name) => of(name).some(({ ok }) => ok));
  const failures = names
    .filter((name) => !serving.includes(name))
    .flatMap((name) => {
      const real = of(name).find((discovery) => !isEcho(discovery));
      return real ? [{ name, real, row: recognise('', `${real.status} ${innerText(real.text)}`) }] : [];
    });
  if (serving.length === 0 || failures.length === 0) return null;
  return {
    serving,
    failing: failures.map(({ name, real, row }) => ({
      name,
      signature: row?.kind ?? 'other',
      text: `${real.status} ${innerText(real.text)}`,
      meaning: row?.meaning ?? 'it gets no usable answer from the extension server',
    })),
  };
}
