import { fact } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { trouble } from './trouble.ts';

/** The newest first; null, as what follows, also while a pod is ready. */
export const backendEvents = fact({
  name: 'backendEvents',
  of: apiservice,
  needs: { trouble },
  read: ({ trouble }) => trouble.backendEvents,
});
