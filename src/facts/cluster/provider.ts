import { isHosted } from '../../distributions/provider.ts';
import { fact } from '../engine/declare.ts';
import { distribution } from './distribution.ts';

/** Who runs the control plane for the users of this cluster, who reach none of its nodes; null: they run it themselves, or nothing tells. */
export const provider = fact({
  name: 'provider',
  needs: { distribution },
  from: ({ distribution }) => (isHosted(distribution) ? distribution : null),
});
