import { fact, maybe } from '../engine/declare.ts';
import { restartsOf } from '../history.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { mirrorPods } from './mirror-pods.ts';
import { pastWanted } from './past.ts';

/** Of kube-apiserver. */
export const restarts = fact({
  name: 'restarts',
  needs: { pastWanted, pods: maybe(mirrorPods) },
  read: ({ pastWanted, pods }) => (pastWanted ? restartsOf(pods) : nobodyLooked),
});
