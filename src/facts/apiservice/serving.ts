import { fact } from '../engine/declare.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { presented } from './presented.ts';

/** Of one that serves only where that is verified and can be seen; null where nobody looked. */
export const serving = fact({
  name: 'serving',
  of: apiservice,
  needs: { presented },
  read: ({ presented }) => presented?.serving ?? nobodyLooked,
});
