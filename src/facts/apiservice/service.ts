import type { Observed } from '../../model.ts';
import { each, fact } from '../engine/declare.ts';
import { readServices, type ServiceAndSlices } from '../services.ts';
import { serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';

const services = fact({
  name: 'services',
  internal: true,
  needs: { all: each(behind), apiServices: each(apiService) },
  read: async ({ all, apiServices }, ask): Promise<Observed<ReadonlyMap<string, ServiceAndSlices>>> => {
    const asked = apiServices.flatMap(({ observed }, index) => {
      const reason = all[index]?.observed;
      return observed.ok && reason?.ok && reason.value ? [observed.value] : [];
    });
    return {
      ok: true,
      value: await readServices(
        ask,
        asked.map(({ service }) => service),
      ),
    };
  },
});
/** The Service and its slices; null, as of everything behind an APIService: there is no reason to look. */
export const service = fact({
  name: 'service',
  of: apiservice,
  internal: true,
  needs: { behind, services },
  from: ({ behind, services }, one) => (behind ? (services.get(serviceKey(one)) ?? null) : null),
});
