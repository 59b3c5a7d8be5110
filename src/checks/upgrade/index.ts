import type { AnyCheck } from '../../model.ts';
import flagNotInKubeadmConfig from './flag-not-in-kubeadm-config.ts';
import flagUnknownAfterUpgrade from './flag-unknown-after-upgrade.ts';
import manifestWouldChange from './manifest-would-change.ts';

/** In the order in which a request meets what they check. */
export const upgrade: readonly AnyCheck[] = [flagNotInKubeadmConfig, flagUnknownAfterUpgrade, manifestWouldChange];
