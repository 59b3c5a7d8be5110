import { readSlices } from '../backend.ts';
import { fact } from '../engine/declare.ts';
import { map } from '../shared/observed.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';
import { service } from './service.ts';

export const backendEndpoints = fact({
  name: 'backendEndpoints',
  of: apiservice,
  needs: { behind, service },
  read: ({ behind, service }) => (behind === 'all' && service ? map(service.slices, readSlices) : nobodyLooked),
});
