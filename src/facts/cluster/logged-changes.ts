import type { LoggedChange, Observed } from '../../model.ts';
import { apiserver, apiservers } from '../apiserver/apiserver.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { newestLogs } from '../exit-log.ts';
import { changesOf, logsChanges, readPodLogs, textsOf } from '../history.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { clock } from './clock.ts';
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
