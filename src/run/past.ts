/** The earlier events of an APIService, in order. Pure. */

import type { FactsFor } from '../check.ts';
import { moment, plural } from '../format.ts';
import type { Moment } from '../model.ts';

/** Only the newest events; older ones explain little. */
const most = 20;

/** null: not requested. Events without a time come first. */
export function pastOf(cluster: FactsFor<'cluster'>, { apiService, backendPods }: FactsFor<'apiservice'>): readonly Moment[] | null {
  const { userOptions, countedFailures, loggedChanges, warningEvents, restarts } = cluster;
  if (!userOptions.ok || !userOptions.value.history || !apiService.ok) return null;
  const { name, service } = apiService.value;
  const counted = had(countedFailures).filter((one) => one.apiService === name);
  const starts = [...new Set(had(countedFailures).flatMap(({ since }) => (since ? [since.getTime()] : [])))];
  const pods = backendPods.ok ? (backendPods.value ?? []) : [];
  const untimed = [
    ...counted.map(({ server, since, reason, count }) => {
      const where = server ? ` (${server})` : '';
      return `kube-apiserver${where} saw it become unavailable ${plural(count, 'time')} with reason ${reason}${since ? ` since ${moment(since)}` : ''}`;
    }),
    ...(countedFailures.ok && counted.length === 0 ? ['kube-apiserver has not seen it become unavailable since it started'] : []),
  ];
  const timed = [
    ...starts.map((at) => ({ at: new Date(at), text: 'kube-apiserver started' })),
    ...had(loggedChanges)
      .filter((one) => one.apiService === name)
      .map(({ at, from, to, reason, message }) => ({
        at,
        text: `Available ${from === to ? 'stays' : `${from} to`} ${to}${reason ? ` (${reason})` : ''}: ${message}`,
      })),
    ...had(warningEvents)
      .filter(({ namespace }) => namespace === service.namespace)
      .map(({ at, object, reason, message, count }) => ({
        at,
        text: `${object}: ${reason}${count > 1 ? ` ${count} times` : ''}: ${message}`,
      })),
    ...had(restarts).map(({ pod, count, at, reason }) => ({
      at,
      text: `${pod} ended (${reason}) and restarted, ${plural(count, 'time')} in total`,
    })),
    ...pods.flatMap((pod) =>
      pod.containers.flatMap(({ name: container, restarts: count, last }) => {
        if (count === 0) return [];
        const how = last ? ` after ${last.reason || 'an exit'}${last.exitCode === null ? '' : `, exit status ${last.exitCode}`}` : '';
        return [
          {
            at: last?.since ?? null,
            text: `${pod.name}, container ${container}, restarted ${plural(count, 'time')}, last${how}`,
          },
        ];
      }),
    ),
  ];
  const time = (at: Date | null) => at?.getTime() ?? 0;
  const newest = timed.toSorted((a, b) => time(a.at) - time(b.at)).slice(-most);
  return [...untimed.map((text) => ({ at: null, text })), ...newest.map(({ at, text }) => ({ at: at?.toISOString() ?? null, text }))];
}

const had = <T>(observed: { readonly ok: true; readonly value: readonly T[] | null } | { readonly ok: false }): readonly T[] =>
  observed.ok ? (observed.value ?? []) : [];
