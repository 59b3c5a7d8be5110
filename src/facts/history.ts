/** What was broken before: counters, kube-apiserver's log, restarts, Events. Asked only when the user wants to know. */
import type { Answer, Ask, CommandLine, CountedFailures, LoggedChange, Observed, Restart, WarningEvent } from '../model.ts';
import { undressed } from '../signatures/exits.ts';
import type { Pod } from './apiservers.ts';
import { type KubernetesObject, list, parsed } from './shared/kubernetes.ts';
import { map } from './shared/observed.ts';

/** Nobody needs the past for a verdict: what cannot be seen of it is said, and is not incomplete. */
const seen = <T>(observed: Observed<T>, what: string): Observed<T> =>
  observed.ok ? observed : { ok: false, why: 'excluded', message: `${what}: ${observed.message}` };

/** /metrics is megabytes; the source keeps the lines that count here, and no more. `servers`: kube-apiservers at their own addresses; [] when there is one. */
export async function readCounters(ask: Ask, servers: readonly string[]): Promise<Observed<readonly CountedFailures[]>> {
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

/** The logs of kube-apiserver's pods, as far as they can be had. */
export const readPodLogs = (ask: Ask, pods: Observed<readonly Pod[]>): Promise<readonly Observed<Answer['api']>[]> =>
  Promise.all(
    (pods.ok ? pods.value : [])
      .flatMap(({ metadata }) => metadata?.name ?? [])
      .slice(0, mostPods)
      .map((name) =>
        ask({ kind: 'api', method: 'GET', path: `/api/v1/namespaces/kube-system/pods/${name}/log?tailLines=${tailLines}&timestamps=true` }),
      ),
  );
/** The texts of those that were had. */
export const textsOf = (logs: readonly Observed<Answer['api']>[]): readonly string[] =>
  logs.flatMap((answer) => (answer.ok && answer.value.status === 200 ? [answer.value.text] : []));
/** Whether kube-apiserver logs when a condition changes. */
export const logsChanges = (commandLines: readonly CommandLine[]): boolean =>
  commandLines.length === 0 || commandLines.some((one) => verbosity(one) >= 2);

/** The changes in the logs of the pods, else in those among the nodes' files. */
export function changesOf(
  logs: readonly Observed<Answer['api']>[],
  files: readonly string[],
  commandLines: readonly CommandLine[],
  now: Date,
): Observed<readonly LoggedChange[]> {
  const what = 'when its condition changed';
  if (!logsChanges(commandLines))
    return { ok: false, why: 'excluded', message: `${what}: kube-apiserver logs this only with \`--v=2\` or higher` };
  const texts = textsOf(logs);
  const found = texts.length > 0 ? texts : files;
  if (found.length > 0) return { ok: true, value: found.flatMap((log) => changesIn(log, now)) };
  const refused = logs.map((answer) => parsed<never>('the log of kube-apiserver', answer)).find((answer) => !answer.ok);
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

/** Of these namespaces. */
export async function readWarnings(ask: Ask, namespaces: readonly string[]): Promise<Observed<readonly WarningEvent[]>> {
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
/** Of kube-apiserver's mirror pods. */
export const restartsOf = (pods: Observed<readonly Pod[]>): Observed<readonly Restart[]> =>
  seen(map(pods, restartsIn), 'restarts of kube-apiserver');
const restartsIn = (pods: readonly Pod[]): readonly Restart[] =>
  pods.flatMap((pod) =>
    ((pod as Pod & Statuses).status?.containerStatuses ?? []).flatMap(({ restartCount = 0, lastState }) => {
      const { finishedAt, reason = '', exitCode } = lastState?.terminated ?? {};
      if (restartCount === 0) return [];
      const how = exitCode === undefined ? reason : `${reason || 'ended'}, exit status ${exitCode}`;
      return [{ pod: pod.metadata?.name ?? '', count: restartCount, at: finishedAt ? new Date(finishedAt) : null, reason: how }];
    }),
  );
