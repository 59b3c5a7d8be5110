import { apiPath } from '../../api-path.ts';
import type { ApiService, Ask, Observed, PublishedVersion } from '../../model.ts';
import { remoteApiServices } from '../apiservice/apiservice.ts';
import { fact, maybe } from '../engine/declare.ts';
import { get } from '../shared/kubernetes.ts';
import { aggregatedDiscovery, groupDiscoveryList } from '../shared/objects.ts';

/** Of the remote APIServices' groups. null: nobody asked, because there are none, or this kube-apiserver publishes none. */
export const publishedVersions = fact({
  name: 'publishedVersions',
  needs: { remote: maybe(remoteApiServices) },
  read: ({ remote }, ask) => readPublished(ask, remote.ok ? remote.value : []),
});

/** What kube-apiserver publishes of the groups of these APIServices; v2 is served from 1.30 on. */
async function readPublished(ask: Ask, services: readonly ApiService[]): Promise<Observed<readonly PublishedVersion[] | null>> {
  if (services.length === 0) return { ok: true, value: null };
  const answer = await get(ask, apiPath`/apis`, groupDiscoveryList, { accept: aggregatedDiscovery });
  // An older snapshot does not hold it, an older kube-apiserver does not know it (406): nobody asked.
  if (!answer.ok) return answer.why === 'denied' ? answer : { ok: true, value: null };
  const groups = new Set(services.map(({ group }) => group));
  const value = (answer.value?.items ?? []).flatMap(({ metadata: { name: group = '' } = {}, versions = [] }) =>
    groups.has(group)
      ? versions.map(({ version = '', freshness, resources = [] }) => ({
          group,
          version,
          stale: freshness === 'Stale',
          resources: resources.map(({ resource = '' }) => resource),
        }))
      : [],
  );
  return { ok: true, value };
}
