/** Other objects in a namespace, which would be deleted with it. */

import { apiPath } from '../api-path.ts';
import { anything, type Decoded, list, map, object, string, time } from '../decode.ts';
import { get } from '../facts/shared/kubernetes.ts';
import { resourceList } from '../facts/shared/objects.ts';
import type { ApiPath, Ask, Observed } from '../model.ts';
import { owner } from './plan.ts';

const itemList = object({
  items: list(
    object({
      metadata: object({ name: string, labels: map(string), ownerReferences: list(anything), creationTimestamp: time }),
    }),
  ),
});
type Item = NonNullable<Decoded<typeof itemList>['items']>[number];
const groupList = object({ groups: list(object({ preferredVersion: object({ groupVersion: string }) })) });
type Group = NonNullable<Decoded<typeof groupList>['groups']>[number];

/** Names only, such as `ConfigMap notes`: no content is requested, especially not of Secrets. */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Every object that is neither the sample's, nor made by a controller for an object, nor in every namespace anyway. */
export async function foreignIn(source: Ask, namespace: string): Promise<Observed<readonly string[]>> {
  const groups = await get(source, apiPath`/apis`, groupList);
  if (!groups.ok) return groups;
  const roots = [apiPath`/api/v1`, ...(groups.value?.groups ?? []).flatMap(rootOf)];
  const found = await Promise.all(roots.map((root) => inGroup(source, root, namespace)));
  const failure = found.find((one) => !one.ok);
  return failure && !failure.ok ? failure : { ok: true, value: found.flatMap((one) => (one.ok ? one.value : [])) };
}

const rootOf = ({ preferredVersion: { groupVersion } = {} }: Group): readonly ApiPath[] =>
  groupVersion ? [apiPath`/apis/${groupVersion.split('/')}`] : [];

async function inGroup(source: Ask, root: ApiPath, namespace: string): Promise<Observed<readonly string[]>> {
  const answer = await get(source, root, resourceList);
  // Objects of a group whose extension server is down cannot be deleted now.
  if (!answer.ok) return answer.why === 'unreachable' ? { ok: true, value: [] } : answer;
  const resources = (answer.value?.resources ?? []).filter(
    ({ name = '', namespaced, verbs = [], kind = '' }) =>
      namespaced && !name.includes('/') && verbs.includes('list') && verbs.includes('delete') && !transient.includes(kind),
  );
  const lists = await Promise.all(
    resources.map(async ({ name = '', kind = '' }) => ({
      kind,
      items: await get(source, apiPath`${{ path: root }}/namespaces/${namespace}/${name}`, itemList, { accept: metadataOnly }),
    })),
  );
  const unseen = lists.find(({ items }) => !items.ok && items.why === 'denied')?.items;
  if (unseen && !unseen.ok) return unseen;
  const names = ({ kind, items }: (typeof lists)[number]) =>
    ((items.ok && items.value?.items) || []).filter((item) => isForeign(kind, item)).map(({ metadata }) => `${kind} ${metadata?.name}`);
  return { ok: true, value: lists.flatMap(names) };
}

/** Created and deleted by Kubernetes itself. */
const transient: readonly string[] = ['Event', 'Lease', 'Endpoints', 'EndpointSlice', 'PodMetrics'];
const everywhere: readonly string[] = ['ConfigMap kube-root-ca.crt', 'ServiceAccount default', 'ConfigMap openshift-service-ca.crt'];

const isForeign = (kind: string, { metadata = {} }: Item): boolean =>
  metadata.labels?.[owner.label] !== owner.value && !metadata.ownerReferences?.length && !everywhere.includes(`${kind} ${metadata.name}`);
