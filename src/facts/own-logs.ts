/** Which extension servers' logs are worth reading, and what they prove together. */
import type { ApiService, Ask, AuthenticationConfigMap, FactsFor, LoggedRejection, Observed, Subject } from '../model.ts';
import { commonFailure } from './common-failure.ts';
import { because } from './observed.ts';
import { readOwnLog } from './own-log.ts';

type Judged<S extends 'apiserver' | 'apiservice', Facts = FactsFor<S>> = readonly { readonly subject: Subject; readonly facts: Facts }[];
type Served = Omit<FactsFor<'apiservice'>, 'apiService' | 'failure' | 'ownLog'> & {
  readonly apiService: { readonly ok: true; readonly value: ApiService };
  readonly failure: Extract<FactsFor<'apiservice'>['failure'], { ok: true }>;
};
interface Surroundings {
  readonly apiserver: Judged<'apiserver'>;
  readonly apiservice: Judged<'apiservice', Served>;
  readonly clock: Date;
  readonly configMap: AuthenticationConfigMap | null;
}

/** Asks nobody while nothing is rejected, and nobody when the files of every kube-apiserver tell it better. */
export async function withOwnLogs([slices, pods, containers]: [Ask, Ask, Ask], { apiserver, apiservice, clock, configMap }: Surroundings) {
  const allVisible = apiserver.length > 0 && apiserver.every(({ facts }) => facts.nodeFiles.ok);
  const asked = new Map<string, Promise<Observed<LoggedRejection | null>>>();
  const read = (service: ApiService['service']) => {
    const key = `${service.namespace}/${service.name}`;
    const known = asked.get(key) ?? readOwnLog({ slices, logs: pods, containers }, service, clock, configMap);
    asked.set(key, known);
    return known;
  };
  const withLogs = await Promise.all(
    apiservice.map(async ({ subject, facts }) => {
      const rejected = facts.failure.value?.signature === 'rejected' && !facts.failure.value.inTransition;
      const ownLog = rejected && !allVisible ? await read(facts.apiService.value.service) : nothing;
      return { subject, facts: { ...facts, ownLog } };
    }),
  );
  const all = withLogs.map(({ facts }) => ({ service: facts.apiService.value, failure: facts.failure.value }));
  const logs = withLogs.map(({ facts }) => facts.ownLog);
  const loggedRejection =
    commonFailure(all)?.signature === 'rejected' ? together(logs, serialsOf(apiserver)) : (logs.find((log) => !log.ok) ?? nothing);
  return {
    apiservice: withLogs.map(({ subject, facts }) => ({
      subject,
      // That none could be read is said once, of the cluster.
      facts: { ...facts, ownLog: facts.ownLog.ok ? facts.ownLog : because('loggedRejection') },
    })),
    loggedRejection,
  };
}
const nothing: Observed<LoggedRejection | null> = { ok: true, value: null };

/** What all that say something agree on. A certificate that lies in a file here is judged there. */
function together(logs: readonly Observed<LoggedRejection | null>[], atHand: readonly string[]): Observed<LoggedRejection | null> {
  const unread = logs.find((log) => !log.ok);
  const said = logs.flatMap((log) => (log.ok && log.value ? [log.value] : []));
  const [first] = said;
  if (!first) return unread ?? nothing;
  const agree = said.every(({ kind }) => kind === first.kind) && !atHand.includes(first.serial?.decimal ?? '');
  return { ok: true, value: agree ? first : null };
}

const serialsOf = (apiserver: Judged<'apiserver'>): readonly string[] =>
  apiserver.flatMap(({ facts }) =>
    facts.proxyClientCert.ok ? (facts.proxyClientCert.value?.certificates ?? []).map(({ serial }) => serial.decimal) : [],
  );
