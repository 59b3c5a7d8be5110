import { type BackendFacts, readBackend, readSlices } from '../backend.ts';
import { fact, maybe } from '../engine/declare.ts';
import { map } from '../shared/observed.ts';
import { apiservice } from './apiservice.ts';
import { namespace, otherServices } from './backend.ts';
import { pods } from './pods.ts';
import { service } from './service.ts';

/** Everything that lies behind an APIService that is looked at, be it for its certificate alone. */
export const backendFacts = fact({
  name: 'backendFacts',
  of: apiservice,
  internal: true,
  needs: { service, namespace: maybe(namespace), others: otherServices, pods },
  from: ({ service, namespace, others, pods }): BackendFacts | null =>
    service && {
      backend: readBackend(service.service, namespace, others),
      backendEndpoints: map(service.slices, readSlices),
      backendPods: pods,
    },
});
