/** What was broken before: counters, kube-apiserver's log, restarts, Events. Asked only when the user wants to know. */
import type { ApiService, Ask, CommandLine, CountedFailures, FactsFor, LoggedChange, Observed, Restart, WarningEvent } from '../model.ts';
import type { Pod } from './apiservers.ts';
import { newestLogs, undressed } from './exit-log.ts';
import { type KubernetesObject, list, parsed } from './kubernetes.ts';
import { map } from './observed.ts';
import type { InWave } from './readers/reader.ts';

type HistoryFacts = Pick<FactsFor<'cluster'>, 'countedFailures' | 'loggedChanges' | 'warningEvents' | 'restarts'>;
const nobodyAsked = { ok: true, value: null } as const;
export const noHistory: HistoryFacts = {
  countedFailures: nobodyAsked,
  loggedChanges: nobodyAsked,
  warningEvents: nobodyAsked,
  restarts: nobodyAsked,
};

export interface Past {
  /** Those that somebody wants to know of. */
  readonly apiServices: readonly ApiService[];
  /** kube-apiservers at their own addresses; [] when there is one. */
  readonly servers: readonly string[];
  readonly pods: Observed<readonly Pod[]>;
  readonly commandLines: readonly CommandLine[];
  /** Asks for files of each control-plane node that is here. */
  readonly nodes: readonly InWave[];
  readonly now: Date;
}

/** Asks in the wave of `api` and, for a log among the node's files, in the three before and with it. */
export async function readHistory(api: Ask, past: Past): Promise<HistoryFacts> {
  const { apiServices, servers, pods, commandLines, nodes, now } = past;
  const [countedFailures, loggedChanges, warningEvents] = await Promise.all([
    readCounters(api, servers),
    readChanges(api, pods, commandLines, nodes, now),
    readWarnings(api, [...new Set(apiServices.map(({ service }) => service.namespace))]),
  ]);
  return { countedFailures, loggedChanges, warningEvents, restarts: seen(map(pods, restartsOf), 'restarts of kube-apiserver') };
}

/** Nobody needs the past for a verdict: what cannot be seen of it is said, and is not incomplete. */
const seen = <T>(observed: Observed<T>, what: string): Observed<T> =>
  observed.ok ? observed : { ok: false, why: 'excluded', message: `${what}: ${observed.message}` };

/** /metrics is megabytes; the source keeps the lines that count here, and no more. */
async function readCounters(ask: Ask, servers: readonly string[]): Promise<Observed<readonly CountedFailures[]>> {
  const answers = await Promise.all(
    (servers.length > 0 ? servers : [null]).map(async (server) => {
      const answer = await ask({ kind: 'api', method: 'GET', path: '/metrics', accept: 'text/plain', ...(server && { server }) });
      if (answer.ok && answer.value.status === 200) return { ok: true as const, value: countersIn(answer.value.text, server) };
      const refused = parsed<never>('/metrics', answer);
      return refused.ok ? { ok: false as const, why: 'excluded' as const, message: 'kube-apiserver does not serve /metrics' } : refused;
    }),
  );
  const read = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const failed = answers.find((answer) => !answer.ok);
  return read.length === 0 && failed ? seen(failed, 'how often kube-apiserver found it unavailable') : { ok: true, value: read.flat() };
}

/** Of Prometheus' text format: the counter of kube-aggregator's availability controllers (v0.37.2, pkg/controllers/status/metrics). */
function countersIn(metrics: string, server: string | null): readonly CountedFailures[] {
  const started = /^process_start_time_seconds (\S+)/m.exec(metrics)?.[1];
  const since = started ? new Date(Number(started) * 1000) : null;
  return [...metrics.matchAll(/^aggregator_unavailable_apiservice_total\{([^}]*)\} (\S+)/gm)].map(([, labels = '', count]) => {
    const label = (name: string) => new RegExp(`(?:^|,)${name}="([^"]*)"`).exec(labels)?.[1] ?? '';
    return { server, since, apiService: label('name'), reason: label('reason'), count: Number(count) };
  });
}

/** So much of a log is asked for, and of so many pods. */
const tailLines = 10_000;
const mostPods = 5;

async function readChanges(
  ask: Ask,
  pods: Observed<readonly Pod[]>,
  commandLines: readonly CommandLine[],
  nodes: readonly InWave[],
  now: Date,
): Promise<Observed<readonly LoggedChange[]>> {
  const what = 'when its condition changed';
  if (commandLines.length > 0 && commandLines.every((one) => verbosity(one) < 2))
    return { ok: false, why: 'excluded', message: `${what}: kube-apiserver logs this only with \`--v=2\` or higher` };
  const names = (pods.ok ? pods.value : []).flatMap(({ metadata }) => metadata?.name ?? []).slice(0, mostPods);
  const asked = await Promise.all(
    names.map((name) =>
      ask({ kind: 'api', method: 'GET', path: `/api/v1/namespaces/kube-system/pods/${name}/log?tailLines=${tailLines}&timestamps=true` }),
    ),
  );
  const logs = asked.flatMap((answer) => (answer.ok && answer.value.status === 200 ? [answer.value.text] : []));
  const files = logs.length > 0 ? [] : (await Promise.all(nodes.map((node) => newestLogs(node)))).flat().map(({ text }) => text);
  const found = [...logs, ...files];
  if (found.length > 0) return { ok: true, value: found.flatMap((log) => changesIn(log, now)) };
  const refused = asked.map((answer) => parsed<never>('the log of kube-apiserver', answer)).find((answer) => !answer.ok);
  return {
    ok: false,
    why: 'excluded',
    message: `${what}: ${refused && !refused.ok ? refused.message : "kube-apiserver's log is not visible from here"}`,
  };
}

function verbosity({ words }: CommandLine): number {
  const text = words.map(({ value }) => value).join(' ');
  return Number([...text.matchAll(/(?:^| )--?v[= ]?(\d+)/g)].at(-1)?.[1] ?? 0);
}

/**
 * The lines `changing APIService availability` of a log (kube-aggregator v0.37.2, remote_available_controller.go), with the time before
 * them, or klog's own, whose year is that of `now`.
 */
function changesIn(log: string, now: Date): readonly LoggedChange[] {
  return log.split('\n').flatMap((line) => {
    if (!line.includes('"changing APIService availability"')) return [];
    const stamp = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) /.exec(line)?.[1];
    const [, month, day, time] = /^[IWE](\d\d)(\d\d) ([\d:]+)/.exec(undressed(line)) ?? [];
    const at = stamp ? new Date(stamp) : new Date(`${now.getUTCFullYear()}-${month}-${day}T${time}Z`);
    const value = (key: string) => JSON.parse(new RegExp(`\\b${key}=("(?:[^"\\\\]|\\\\.)*")`).exec(line)?.[1] ?? '""') as string;
    if (Number.isNaN(at.getTime())) return [];
    return [
      {
        apiService: value('name'),
        at,
        from: value('oldStatus'),
        to: value('newStatus'),
        reason: value('reason'),
        message: value('message'),
      },
    ];
  });
}

interface EventObject extends KubernetesObject {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}
/** From so many namespaces on the Events of the whole cluster are one question. */
const manyNamespaces = 5;

async function readWarnings(ask: Ask, namespaces: readonly string[]): Promise<Observed<readonly WarningEvent[]>> {
  const folders = namespaces.length > manyNamespaces ? [''] : namespaces.map((namespace) => `/namespaces/${namespace}`);
  const lists = await Promise.all(folders.map((folder) => list<EventObject>(ask, `/api/v1${folder}/events?fieldSelector=type%3DWarning`)));
  const failed = lists.find((one) => !one.ok);
  if (failed && !failed.ok) return { ...failed, why: 'excluded', message: `Events: ${failed.message}` };
  const all = lists.flatMap((one) => (one.ok ? one.value : []));
  return { ok: true, value: all.filter(({ metadata }) => namespaces.includes(metadata?.namespace ?? '')).map(eventOf) };
}
const eventOf = ({
  metadata,
  involvedObject = {},
  reason = '',
  message = '',
  count,
  lastTimestamp,
  eventTime,
}: EventObject): WarningEvent => ({
  at: new Date(lastTimestamp ?? eventTime ?? metadata?.creationTimestamp ?? 0),
  namespace: metadata?.namespace ?? '',
  object: `${involvedObject.kind}/${involvedObject.name}`,
  reason,
  message,
  count: count ?? 1,
});

interface Statuses {
  readonly status?: {
    readonly containerStatuses?: readonly {
      readonly restartCount?: number;
      readonly lastState?: { readonly terminated?: { readonly finishedAt?: string; readonly reason?: string; readonly exitCode?: number } };
    }[];
  };
}
const restartsOf = (pods: readonly Pod[]): readonly Restart[] =>
  pods.flatMap((pod) =>
    ((pod as Pod & Statuses).status?.containerStatuses ?? []).flatMap(({ restartCount = 0, lastState }) => {
      const { finishedAt, reason = '', exitCode } = lastState?.terminated ?? {};
      if (restartCount === 0) return [];
      const how = exitCode === undefined ? reason : `${reason || 'ended'}, exit status ${exitCode}`;
      return [{ pod: pod.metadata?.name ?? '', count: restartCount, at: finishedAt ? new Date(finishedAt) : null, reason: how }];
    }),
  );
