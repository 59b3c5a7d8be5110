/** Why none of the pods behind a Service is ready: Warning events, the workloads that make them, and their last words. */

import { apiPath } from '../../api-path.ts';
import { anything, type Decoded, list as listOf, map as mapOf, number, object, string } from '../../decode.ts';
import type { Ask, BackendEvent, BackendPod, BackendWorkload, ExitMessage, Observed, Unavailable } from '../../model.ts';
import { exitMessageIn, isUsage } from '../../signatures/exit-log.ts';
import { list, metadata, parsed } from '../shared/kubernetes.ts';
import { type EventObject, eventObject, warningsPath } from '../shared/objects.ts';
import { map } from '../shared/observed.ts';

/** Each is null where a pod is ready. */
export interface Trouble {
  readonly backendWorkloads: Observed<readonly BackendWorkload[] | null>;
  readonly backendEvents: Observed<readonly BackendEvent[] | null>;
  readonly exitMessages: Observed<readonly ExitMessage[] | null>;
}

export const notInTrouble: Trouble = {
  backendWorkloads: { ok: true, value: null },
  backendEvents: { ok: true, value: null },
  exitMessages: { ok: true, value: null },
};

/** How many containers' logs are asked for. */
const mostLogs = 3;
/** How much of each: more where all of it is the options of its program, of which kube-apiserver itself prints some 700 lines. */
const tails = [50, 500, 5000];

/** Asks in one wave. Events and logs are optional rights: without them they are `excluded`. */
export async function readTrouble(ask: Ask, namespace: string, pods: readonly BackendPod[], now: Date): Promise<Trouble> {
  const [warnings, workloads, words] = await Promise.all([
    list(ask, warningsPath(namespace), eventObject),
    pods.length === 0 ? readWorkloads(ask, namespace) : notInTrouble.backendWorkloads,
    Promise.all(
      pods
        .flatMap(quiet)
        .slice(0, mostLogs)
        .map((one) => readWords(ask, namespace, one, now)),
    ),
  ]);
  const backendEvents = optional(
    map(warnings, (all) => all.map(readEvent).sort((a, b) => b.at.getTime() - a.at.getTime())),
    `the events in ${namespace}`,
  );
  const events = backendEvents.ok ? backendEvents.value : [];
  const unread = words.find((one) => !one.ok);
  const said = words.flatMap((one) => (one.ok && one.value ? [one.value] : []));
  return {
    backendEvents,
    backendWorkloads: map(workloads, (all) => all?.map((one) => ({ ...one, refused: one.refused ?? refusalOf(one, events) })) ?? null),
    exitMessages:
      unread && said.length === 0
        ? optional(unread, `the last log lines of the extension server's pods in ${namespace}`)
        : { ok: true, value: said },
  };
}

/** What may not be read without harm to the rest. */
const optional = <T>(observed: Observed<T>, what: string): Observed<T> =>
  observed.ok ? observed : ({ ok: false, why: 'excluded', message: `${what}: ${observed.message}` } satisfies Unavailable);

const readEvent = ({ metadata, involvedObject = {}, reason = '', message = '', ...times }: EventObject): BackendEvent => ({
  object: `${involvedObject.kind}/${involvedObject.name}`,
  reason,
  message: message.replace(/\s+/g, ' ').trim(),
  at: new Date(times.series?.lastObservedTime ?? times.lastTimestamp ?? times.eventTime ?? metadata?.creationTimestamp ?? 0),
});

export const workloadObject = object({
  metadata: object(metadata),
  spec: object({ replicas: number, template: object({ metadata: object({ labels: mapOf(string) }) }) }),
  status: object({ conditions: listOf(object({ type: string, status: string, message: string })) }),
});
const kinds = { deployments: 'Deployment', statefulsets: 'StatefulSet', daemonsets: 'DaemonSet' } as const;

/** Those of a namespace; with `labels` those that bear them, as in `app=a`. */
export async function readWorkloads(ask: Ask, namespace: string, labels?: string): Promise<Observed<readonly BackendWorkload[]>> {
  const path = (resource: string) => apiPath`/apis/apps/v1/namespaces/${namespace}/${resource}`;
  const each = await Promise.all(
    Object.entries(kinds).map(async ([resource, kind]) =>
      map(
        await list(
          ask,
          labels === undefined ? path(resource) : apiPath`${{ path: path(resource) }}?labelSelector=${labels}`,
          workloadObject,
        ),
        (all) => all.map((one) => readWorkload(kind, one)),
      ),
    ),
  );
  const unread = each.find((one) => !one.ok);
  return unread ?? { ok: true, value: each.flatMap((one) => (one.ok ? one.value : [])) };
}
const readWorkload = (kind: string, { metadata, spec, status }: Decoded<typeof workloadObject>): BackendWorkload => ({
  name: `${kind.toLowerCase()}/${metadata?.name}`,
  labels: spec?.template?.metadata?.labels ?? {},
  replicas: kind === 'DaemonSet' ? null : (spec?.replicas ?? 1),
  refused: status?.conditions?.find(({ type, status: is }) => type === 'ReplicaFailure' && is === 'True')?.message ?? null,
});

/** A StatefulSet or DaemonSet has no such condition; a Deployment's tells how it is now, which an event does not. */
const refusalOf = ({ name }: BackendWorkload, events: readonly BackendEvent[]): string | null =>
  name.startsWith('deployment/')
    ? null
    : (events.find(({ reason, object }) => reason === 'FailedCreate' && object.toLowerCase() === name)?.message ?? null);

interface Quiet {
  readonly pod: string;
  readonly container: string;
  /** Its log is that of the one before it. */
  readonly previous: boolean;
  /** Since when it runs, for the first time; null: it does not. */
  readonly running: Date | null;
}
/** The containers that have run and are not ready, or were so: those that ended first. */
const quiet = ({ name, containers, initContainers }: BackendPod): readonly Quiet[] =>
  [...initContainers, ...containers]
    .filter(({ state }) => state.exitCode !== 0)
    .filter(({ ready, state, last }) => (ready ? last?.exitCode : last !== null || ['running', 'terminated'].includes(state.is)))
    .sort((a, b) => Number(b.last !== null) - Number(a.last !== null))
    .map((one) => ({
      pod: name,
      container: one.name,
      previous: one.state.is !== 'terminated' && one.last !== null,
      running: one.state.is === 'running' && one.last === null ? (one.state.since ?? new Date(0)) : null,
    }));

/** null: it says nothing of which aggctl knows the meaning. */
async function readWords(
  ask: Ask,
  namespace: string,
  { pod, container, previous, running }: Quiet,
  now: Date,
): Promise<Observed<ExitMessage | null>> {
  const pathOf = (lines: number) => {
    const path = apiPath`/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}&tailLines=${lines}`;
    return previous ? apiPath`${{ path }}&previous=true` : path;
  };
  for (const lines of tails) {
    const path = pathOf(lines);
    const answer = await ask({ kind: 'api', method: 'GET', path });
    if (!answer.ok) return lines === tails[0] ? answer : nothing;
    if (answer.value.status !== 200) {
      // The runtime has removed that log, or the pod is gone.
      const refused = parsed(path, answer, anything);
      return !refused.ok && refused.why === 'denied' ? refused : nothing;
    }
    if (isUsage(answer.value.text)) continue;
    const said = exitMessageIn(answer.value.text, running && { since: running, now });
    return { ok: true, value: said && { container: `${pod}/${container}`, ...said } };
  }
  return nothing;
}
const nothing = { ok: true, value: null } as const;
