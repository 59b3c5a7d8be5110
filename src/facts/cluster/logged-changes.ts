import { apiPath } from '../../api-path.ts';
import { anything } from '../../decode.ts';
import type { Answer, Ask, CommandLine, LoggedChange, Observed } from '../../model.ts';
import { linesOf } from '../../signatures/log-lines.ts';
import { timeIn, valueIn } from '../../signatures/log-records.ts';
import { changeOfAvailability } from '../../signatures/tells.ts';
import { apiserver, apiservers } from '../apiserver/apiserver.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { parsed } from '../shared/kubernetes.ts';
import { newestLogs } from '../shared/newest-logs.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { clock } from './clock.ts';
import type { Pod } from './mirror-pods.ts';
import { mirrorPods } from './mirror-pods.ts';
import { moment } from './now.ts';
import { valuesOf } from './of-each.ts';
import { pastWanted } from './past.ts';

const commandLines = fact({
  name: 'commandLines',
  internal: true,
  needs: { all: maybe(apiservers) },
  from: ({ all }) => (all.ok ? all.value.map(({ commandLine }) => commandLine) : []),
});
const podLogs = fact({
  name: 'podLogs',
  internal: true,
  needs: { pastWanted, commandLines, pods: maybe(mirrorPods) },
  read: async ({ pastWanted, commandLines, pods }, ask) => ({
    ok: true,
    value: pastWanted && logsChanges(commandLines) ? await readPodLogs(ask, pods) : null,
  }),
});
/** Read where the API shows no log of kube-apiserver. */
const nodeLogs = fact({
  name: 'nodeLogs',
  of: apiserver,
  internal: true,
  needs: { podLogs },
  read: async ({ podLogs }, ask, { local }) => {
    const logs = podLogs && textsOf(podLogs).length === 0 && local ? await newestLogs(() => ask) : [];
    return { ok: true, value: logs.map(({ text }) => text) };
  },
});
export const loggedChanges = fact({
  name: 'loggedChanges',
  needs: { pastWanted, podLogs, nodeLogs: maybe(each(nodeLogs)), commandLines, clock: maybe(clock), moment },
  read: ({ pastWanted, podLogs, nodeLogs, commandLines, clock, moment }): Observed<readonly LoggedChange[] | null> =>
    pastWanted
      ? changesOf(podLogs ?? [], nodeLogs.ok ? valuesOf(nodeLogs.value).flat() : [], commandLines, clock.ok ? clock.value : moment)
      : nobodyLooked,
});

/** So much of a log is asked for, and of so many pods. */
const tailLines = 10_000;
const mostPods = 5;

/** The logs of kube-apiserver's pods, as far as they can be had. */
const readPodLogs = (ask: Ask, pods: Observed<readonly Pod[]>): Promise<readonly Observed<Answer['api']>[]> =>
  Promise.all(
    (pods.ok ? pods.value : [])
      .flatMap(({ metadata }) => metadata?.name ?? [])
      .slice(0, mostPods)
      .map((name) =>
        ask({
          kind: 'api',
          method: 'GET',
          path: apiPath`/api/v1/namespaces/kube-system/pods/${name}/log?tailLines=${tailLines}&timestamps=true`,
        }),
      ),
  );
/** The texts of those that were had. */
const textsOf = (logs: readonly Observed<Answer['api']>[]): readonly string[] =>
  logs.flatMap((answer) => (answer.ok && answer.value.status === 200 ? [answer.value.text] : []));
/** Whether kube-apiserver logs when a condition changes. */
const logsChanges = (commandLines: readonly CommandLine[]): boolean =>
  commandLines.length === 0 || commandLines.some((one) => verbosity(one) >= 2);

/** The changes in the logs of the pods, else in those among the nodes' files. */
function changesOf(
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
  const refused = logs.map((answer) => parsed('the log of kube-apiserver', answer, anything)).find((answer) => !answer.ok);
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
 * them, or klog's own.
 */
function changesIn(log: string, now: Date): readonly LoggedChange[] {
  return linesOf(log).flatMap(({ text, at: stamp }) => {
    const at = stamp ?? timeIn(text, now);
    if (!at || !text.includes(changeOfAvailability)) return [];
    const value = (key: string) => valueIn(text, key) ?? '';
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
