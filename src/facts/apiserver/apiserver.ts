import { unseen } from '../../distributions/index.ts';
import type { Observed } from '../../model.ts';
import { type Apiserver, joinApiservers } from '../apiservers.ts';
import { evidence } from '../cluster/evidence.ts';
import { mirrorPods } from '../cluster/mirror-pods.ts';
import { each, fact, maybe, type Scope } from '../engine/declare.ts';
import { local } from '../shared/local.ts';

/** Which kube-apiservers there are: those whose files are seen, and those with mirror pods. Reports name it as their scope. */
export const apiservers = fact({
  name: 'apiserver',
  needs: { locals: each(local), pods: maybe(mirrorPods), evidence },
  read: ({ locals, pods, evidence }): Observed<readonly Apiserver[]> => {
    const joined = joinApiservers(
      locals.flatMap(({ observed }) => (observed.ok ? [observed.value] : [])),
      pods,
    );
    return joined.ok || joined.because ? joined : unseen({ ...evidence, kubeadm: false }, joined);
  },
});
export const apiserver: Scope<'apiserver', Apiserver> = {
  name: 'apiserver',
  list: apiservers,
  nameOf: ({ node }) => node,
  sourceOf: ({ local }) => local?.source ?? 0,
};
