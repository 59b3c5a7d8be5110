import { distributionOf } from '../../distributions/index.ts';
import { apiservers } from '../apiserver/apiserver.ts';
import { fact, maybe } from '../engine/declare.ts';
import { evidence } from './evidence.ts';

/** Whether kubeadm made one of the kube-apiservers. */
export const byKubeadm = fact({
  name: 'byKubeadm',
  internal: true,
  needs: { all: maybe(apiservers) },
  from: ({ all }) => all.ok && all.value.some(({ kubeadm }) => kubeadm),
});
/** null: nothing tells which. */
export const distribution = fact({
  name: 'distribution',
  needs: { evidence, byKubeadm },
  from: ({ evidence, byKubeadm }) => distributionOf({ ...evidence, kubeadm: byKubeadm }),
});
