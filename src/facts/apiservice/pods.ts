import type { BackendPod, Observed } from '../../model.ts';
import { readPods } from '../backend.ts';
import { fact } from '../engine/declare.ts';
import { serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { service } from './service.ts';

/** Those that the Service selects. */
export const pods = fact({
  name: 'pods',
  of: apiservice,
  internal: true,
  needs: { service, apiService },
  per: ({ service, apiService }) => `${service !== null} ${serviceKey(apiService)}`,
  read: async ({ service, apiService }, ask): Promise<Observed<Observed<readonly BackendPod[]>>> => {
    const { namespace } = apiService.service;
    return { ok: true, value: await readPods(ask, namespace, service?.service.ok ? service.service.value : null) };
  },
});
