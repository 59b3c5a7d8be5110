import type { Observed, Restart } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { map } from '../shared/observed.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import type { Pod } from './mirror-pods.ts';
import { mirrorPods } from './mirror-pods.ts';
import { pastWanted, seen } from './past.ts';

/** Of kube-apiserver. */
export const restarts = fact({
  name: 'restarts',
  needs: { pastWanted, pods: maybe(mirrorPods) },
  read: ({ pastWanted, pods }) => (pastWanted ? restartsOf(pods) : nobodyLooked),
});

/** Of kube-apiserver's mirror pods. */
const restartsOf = (pods: Observed<readonly Pod[]>): Observed<readonly Restart[]> =>
  seen(map(pods, restartsIn), 'restarts of kube-apiserver');
const restartsIn = (pods: readonly Pod[]): readonly Restart[] =>
  pods.flatMap((pod) =>
    (pod.status?.containerStatuses ?? []).flatMap(({ restartCount = 0, lastState }) => {
      const { finishedAt, reason = '', exitCode } = lastState?.terminated ?? {};
      if (restartCount === 0) return [];
      const how = exitCode === undefined ? reason : `${reason || 'ended'}, exit status ${exitCode}`;
      return [{ pod: pod.metadata?.name ?? '', count: restartCount, at: finishedAt ? new Date(finishedAt) : null, reason: how }];
    }),
  );
