import type { Backend, BackendEndpoints, BackendPod, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { map } from '../shared/observed.ts';
import { apiservice } from './apiservice.ts';
import { readBackend } from './backend.ts';
import { readSlices } from './backend-endpoints.ts';
import { namespace } from './namespace.ts';
import { otherServices } from './other-services.ts';
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

/** What lies behind an APIService. */
export interface BackendFacts {
  readonly backend: Observed<Backend>;
  readonly backendEndpoints: Observed<BackendEndpoints>;
  readonly backendPods: Observed<readonly BackendPod[]>;
}
