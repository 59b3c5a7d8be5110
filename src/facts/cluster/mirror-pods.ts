import { mirrorPodsPath, otherMirrorPodsPath, type Pod } from '../apiservers.ts';
import { fact } from '../engine/declare.ts';
import { list } from '../shared/kubernetes.ts';

/** The mirror pods of kube-apiserver, under the label that kubeadm and its kin give, or under the other one. */
export const mirrorPods = fact({
  name: 'mirrorPods',
  internal: true,
  read: async (_, ask) => {
    const both = await Promise.all([list<Pod>(ask, mirrorPodsPath), list<Pod>(ask, otherMirrorPodsPath)]);
    return both.find((found) => found.ok && found.value.length > 0) ?? both[0];
  },
});
