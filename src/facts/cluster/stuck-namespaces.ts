import { fact } from '../engine/declare.ts';
import { sideEffects } from './side-effects.ts';

/** [] as well when no APIService is down, because nobody asks then. */
export const stuckNamespaces = fact({
  name: 'stuckNamespaces',
  needs: { sideEffects },
  read: ({ sideEffects }) => sideEffects.stuckNamespaces,
});
