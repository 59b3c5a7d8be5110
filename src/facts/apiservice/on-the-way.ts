import { fact } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import type { BackendFacts } from './backend-facts.ts';
import { backendFacts } from './backend-facts.ts';
import { behind, onNode } from './behind.ts';
import { firstFailure } from './first-failure.ts';

/** Where all pods are seen not to be ready there is nothing to dial. */
export const isReady = ({ backendPods }: BackendFacts) =>
  !backendPods.ok || backendPods.value.length === 0 || backendPods.value.some(({ ready }) => ready);
/** The failure leaves open what happens on the way to the server, and somebody may answer there. */
export const onTheWay = fact({
  name: 'onTheWay',
  of: apiservice,
  internal: true,
  needs: { behind, firstFailure, backendFacts },
  from: ({ behind, firstFailure, backendFacts }) =>
    behind === 'all' && backendFacts !== null && (!firstFailure || firstFailure.side === 'way') && isReady(backendFacts),
});
/** Nobody was there to be dialed when the condition was written, or nobody listened: that may have changed. */
export const dialedAgain = fact({
  name: 'dialedAgain',
  of: apiservice,
  internal: true,
  needs: { behind, onNode, firstFailure, backendFacts },
  from: ({ behind, onNode, firstFailure, backendFacts }) =>
    behind === 'all' &&
    onNode &&
    backendFacts !== null &&
    firstFailure?.side === 'target' &&
    firstFailure.hop !== 'registration' &&
    isReady(backendFacts),
});
