import type { KubeadmConfig, Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { readKubeadmConfig } from '../kubeadm-config.ts';
import { choices } from '../shared/inputs.ts';
import { byKubeadm } from './distribution.ts';

/** Asked for when the user names a version to upgrade to; null: nobody asked, or this is not kubeadm's. */
export const kubeadmConfig = fact({
  name: 'kubeadmConfig',
  needs: { choices, byKubeadm },
  read: ({ choices, byKubeadm }, ask): Observed<KubeadmConfig | null> | Promise<Observed<KubeadmConfig | null>> =>
    byKubeadm && choices.targetVersion !== undefined ? readKubeadmConfig(ask) : { ok: true, value: null },
});
