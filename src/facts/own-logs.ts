/** Which extension servers' logs are worth reading, and what they prove together. */
import type { ApiService, Ask, AuthenticationConfigMap, FactsFor, Failure, LoggedRejection, Observed, Subject } from '../model.ts';
import { commonFailure } from './common-failure.ts';
import { because } from './observed.ts';
import { readOwnLog } from './own-log.ts';

type Judged<S extends 'apiserver' | 'apiservice', Facts = FactsFor<S>> = readonly { readonly subject: Subject; readonly facts: Facts }[];
type Served = Omit<FactsFor<'apiservice'>, 'apiService' | 'failure' | 'ownLog'> & {
  readonly apiService: { readonly ok: true; readonly value: ApiService };
  readonly failure: Extract<FactsFor<'apiservice'>['failure'], { ok: true }>;
};
type Log = Observed<LoggedRejection | null>;
interface Surroundings {
  readonly clock: Date;
  readonly configMap: AuthenticationConfigMap | null;
}

/** The log for each APIService, in their order. Asks nobody while nothing is rejected, and each extension server once. */
export function readOwnLogs(
  [slices, pods, containers]: readonly [Ask, Ask, Ask],
  apiServices: readonly { readonly service: ApiService; readonly failure: Failure | null }[],
  { clock, configMap }: Surroundings,
): Promise<readonly Log[]> {
  const asked = new Map<string, Promise<Log>>();
  const read = (service: ApiService['service']) => {
    const key = `${service.namespace}/${service.name}`;
    const log = asked.get(key) ?? readOwnLog({ slices, logs: pods, containers }, service, clock, configMap);
    asked.set(key, log);
    return log;
  };
  return Promise.all(apiServices.map(({ service, failure }) => (isRejection(failure) ? read(service.service) : nothing)));
}
const isRejection = (failure: Failure | null) =>
  failure !== null && ['rejected', 'anonymous'].includes(failure.signature) && !failure.inTransition;

/** Joins each APIService with its log (`read`, in the same order), and what all of these prove together. Pure. */
export function withOwnLogs(apiservice: Judged<'apiservice', Served>, read: readonly Log[], apiserver: Judged<'apiserver'>) {
  const withLogs = apiservice.map(({ subject, facts }, index) => {
    // What one kube-apiserver of several gets is its division, and no failure.
    const ownLog = (isRejection(facts.failure.value) && read[index]) || nothing;
    return { subject, facts: { ...facts, ownLog } };
  });
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

/** What each APIService fails by, but for those whose extension server's log names a fault of its own. */
export const failuresBeside = (apiservice: Judged<'apiservice', Served & { readonly ownLog: Log }>) =>
  apiservice.flatMap(({ facts: { apiService, failure, ownLog } }) =>
    ownLog.ok && ownLog.value?.account ? [] : [{ service: apiService.value, failure: failure.value }],
  );

/** No log was asked for. */
export const nothing: Log = { ok: true, value: null };

/** What all that say something agree on. A certificate that lies in a file here is judged there. */
function together(logs: readonly Log[], atHand: readonly string[]): Log {
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
