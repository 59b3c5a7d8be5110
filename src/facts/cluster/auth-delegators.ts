import { authDelegators as delegatorsAmong } from '../bindings.ts';
import { fact } from '../engine/declare.ts';
import { bindings } from './bindings.ts';

/** Who is bound to ClusterRole system:auth-delegator; null: the recording is older than the question. */
export const authDelegators = fact({
  name: 'authDelegators',
  needs: { bindings },
  from: ({ bindings }) => delegatorsAmong(bindings),
});
