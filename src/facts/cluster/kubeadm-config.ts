import type { KubeadmConfig, Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { readKubeadmConfig } from '../kubeadm-config.ts';
import { userOptions } from '../shared/inputs.ts';
import { byKubeadm } from './distribution.ts';

/** Asked for when the user names a version to upgrade to; null: nobody asked, or this is not kubeadm's. */
export const kubeadmConfig = fact({
  name: 'kubeadmConfig',
  needs: { userOptions, byKubeadm },
  read: ({ userOptions, byKubeadm }, ask): Observed<KubeadmConfig | null> | Promise<Observed<KubeadmConfig | null>> =>
    byKubeadm && userOptions.targetVersion !== undefined ? readKubeadmConfig(ask) : { ok: true, value: null },
});
