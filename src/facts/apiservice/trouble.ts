import { serverClock } from '../cluster/clock-skew.ts';
import { fact } from '../engine/declare.ts';
import { serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';
import { notInTrouble, readTrouble } from './pod-trouble.ts';
import { hasSelector, pods } from './pods.ts';
import { service } from './service.ts';

/** Why none of the pods is ready. */
export const trouble = fact({
  name: 'trouble',
  of: apiservice,
  internal: true,
  needs: { behind, service, pods, apiService, serverClock },
  per: ({ behind, apiService }) => `${behind} ${serviceKey(apiService)}`,
  read: async ({ behind, service, pods, apiService, serverClock }, ask) => {
    const selects = service?.service.ok && hasSelector(service.service.value);
    const inTrouble = behind === 'all' && selects && pods.ok && !pods.value.some(({ ready }) => ready);
    const { namespace } = apiService.service;
    return { ok: true, value: inTrouble ? await readTrouble(ask, namespace, pods.value, new Date(serverClock)) : notInTrouble };
  },
});
