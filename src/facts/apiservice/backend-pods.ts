import type { BackendPod, Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { backend } from './backend.ts';
import { behind } from './behind.ts';
import { pods } from './pods.ts';

/** Those that the Service selects. */
export const backendPods = fact({
  name: 'backendPods',
  of: apiservice,
  needs: { behind, backend, pods },
  read: ({ behind, pods }): Observed<readonly BackendPod[] | null> => (behind === 'all' ? pods : nobodyLooked),
});
