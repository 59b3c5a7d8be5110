import { apiPath } from '../../api-path.ts';
import type { Ask, BackendPod, Observed } from '../../model.ts';
import { fact } from '../engine/declare.ts';
import { list } from '../shared/kubernetes.ts';
import type { ServiceObject } from '../shared/objects.ts';
import { map } from '../shared/observed.ts';
import { serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';
import { podObject, readPod } from './read-pod.ts';
import { service } from './service.ts';

/** Those that the Service selects. */
export const pods = fact({
  name: 'pods',
  of: apiservice,
  internal: true,
  needs: { behind, service, apiService },
  per: ({ behind, apiService }) => `${behind !== 'addresses'} ${serviceKey(apiService)}`,
  read: async ({ behind, service, apiService }, ask): Promise<Observed<Observed<readonly BackendPod[]>>> => {
    const selecting = behind !== 'addresses' && service?.service.ok ? service.service.value : null;
    return { ok: true, value: await readPods(ask, apiService.service.namespace, selecting) };
  },
});

const selectorOf = (service: ServiceObject | null) => Object.entries(service?.spec?.selector ?? {});
/** Whether it selects pods by itself. */
export const hasSelector = (service: ServiceObject | null): boolean => selectorOf(service).length > 0;
export async function readPods(ask: Ask, namespace: string, service: ServiceObject | null): Promise<Observed<readonly BackendPod[]>> {
  if (!hasSelector(service)) return { ok: true, value: [] };
  const labels = selectorOf(service)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  const pods = await list(ask, apiPath`/api/v1/namespaces/${namespace}/pods?labelSelector=${labels}`, podObject);
  return map(pods, (all) => all.map((pod) => readPod(pod, namespace)));
}
