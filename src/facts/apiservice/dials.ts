import { fact } from '../engine/declare.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';
import { presented } from './presented.ts';

/** From a control-plane node; null also where this is none. */
export const dials = fact({
  name: 'dials',
  of: apiservice,
  needs: { behind, presented },
  read: ({ behind, presented }) => (behind === 'all' ? (presented?.dials ?? nobodyLooked) : nobodyLooked),
});
