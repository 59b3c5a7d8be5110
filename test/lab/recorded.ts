/** Everything that the lab records as a scenario, and what aggctl must find there. Nothing is started by reading this. */
import type { Declared } from './faults/fault.ts';
import { kedaFaults } from './faults/keda.ts';
import { konnectivityFaults } from './faults/konnectivity.ts';
import { kueueFaults } from './faults/kueue.ts';
import { loggedFaults, loggedWithoutFlags } from './faults/logged.ts';
import { severalSound } from './faults/several.ts';
import { soundClusters } from './faults/sound.ts';
import { thirdPartyFaults } from './faults/third-parties.ts';
import { caBundleBeforeUpgrade, handEdits } from './faults/upgrade.ts';
import { everyFault } from './tiers.ts';

export const recorded: readonly Declared[] = [
  ...everyFault,
  ...loggedFaults,
  loggedWithoutFlags,
  ...thirdPartyFaults,
  ...kedaFaults,
  ...kueueFaults,
  ...konnectivityFaults('GRPC'),
  ...konnectivityFaults('HTTPConnect'),
  handEdits,
  caBundleBeforeUpgrade,
  ...soundClusters,
  ...severalSound,
];
