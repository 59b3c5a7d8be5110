import type { ApiService, Ask, Disagreement, Discovery, Endpoint, Observed } from '../../model.ts';
import { answerText, innerText, recognise } from '../../signatures/index.ts';
import { serverClock } from '../cluster/clock-skew.ts';
import { server } from '../cluster/connection.ts';
import { answers, endpoints, isOwn, whereToAsk } from '../cluster/endpoints.ts';
import { user } from '../cluster/identity.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { discover, discovery } from './discovery.ts';

/** null: the kube-apiservers agree, or there is one, or they could not be asked one by one. */
export const disagreement = fact({
  name: 'disagreement',
  of: apiservice,
  needs: { endpoints: maybe(endpoints), discovery: maybe(discovery), server, user, serverClock },
  read: async ({ endpoints, discovery, server, user, serverClock }, ask, one) => ({
    ok: true,
    value: await divisionAmong(ask, one, endpoints.ok ? endpoints.value : [], { server, user, own: discovery, serverClock }),
  }),
});

/** How often a kube-apiserver is asked again where they seem to disagree. */
const repetitions = [1, 2, 3];

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
async function divisionAmong(
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
      const where = { ...whereToAsk(address, context.server), ...(nth && { nth }) };
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
export const isEcho = ({ status, text }: Discovery) => status === 503 && text === 'service unavailable';

/** The kube-apiservers through which the APIService answers at least once, and those through which it only fails; null unless there are both. */
export function divisionOf(views: readonly View[]): Disagreement | null {
  const names = [...new Set(views.map(({ name }) => name))];
  const of = (name: string) => views.filter((view) => view.name === name).map(({ discovery }) => discovery);
  const serving = names.filter((name) => of(name).some(({ ok }) => ok));
  const failures = names
    .filter((name) => !serving.includes(name))
    .flatMap((name) => {
      const real = of(name).find((discovery) => !isEcho(discovery));
      return real ? [{ name, real, row: recognise('', answerText(real.status, real.text)) }] : [];
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
