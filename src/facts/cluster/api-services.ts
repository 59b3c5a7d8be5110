import { apiPath } from '../../api-path.ts';
import type { ApiPath, Ask, ListedApiService } from '../../model.ts';
import { type ApiServiceObject, apiServiceObjects } from '../apiservice/apiservice.ts';
import { fact } from '../engine/declare.ts';

/** All of them, also those that kube-apiserver serves itself. */
export const apiServices = fact({
  name: 'apiServices',
  needs: { objects: apiServiceObjects },
  read: async ({ objects }, ask) => ({ ok: true, value: await listApiServices(ask, objects) }),
});

/** All of them, in few words; asks whether anything serves a local one that kube-apiserver did not make itself. */
const listApiServices = (ask: Ask, objects: readonly ApiServiceObject[]): Promise<readonly ListedApiService[]> =>
  Promise.all(
    objects.map(async ({ metadata, spec = {} }) => {
      const { group = '', version = '', service } = spec;
      const automanaged = metadata?.labels?.['kube-aggregator.kubernetes.io/automanaged'] ?? null;
      return {
        name: metadata?.name ?? '',
        group,
        version,
        service: service ? `${service.namespace}/${service.name}` : null,
        automanaged,
        groupPriorityMinimum: spec.groupPriorityMinimum ?? 0,
        served: service || automanaged || group === '' ? null : await isServed(ask, apiPath`/apis/${group}/${version}`),
      };
    }),
  );
async function isServed(ask: Ask, path: ApiPath): Promise<boolean | null> {
  const answer = await ask({ kind: 'api', method: 'GET', path });
  if (!answer.ok || answer.value.status === 403) return null;
  return answer.value.status !== 404;
}
