import { fact } from '../engine/declare.ts';
import { sideEffects } from './side-effects.ts';

/** [] as well when no API of metrics is down, because nobody asks then. */
export const autoscalersWithoutMetrics = fact({
  name: 'autoscalersWithoutMetrics',
  needs: { sideEffects },
  read: ({ sideEffects }) => sideEffects.autoscalersWithoutMetrics,
});
