import { fact } from '../engine/declare.ts';
import { apiservice } from './apiservice.ts';
import { trouble } from './trouble.ts';

/** Those of the Service's namespace; null also while there are pods. */
export const backendWorkloads = fact({
  name: 'backendWorkloads',
  of: apiservice,
  needs: { trouble },
  read: ({ trouble }) => trouble.backendWorkloads,
});
