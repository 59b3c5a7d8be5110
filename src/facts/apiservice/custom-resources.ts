import { apiPath } from '../../api-path.ts';
import { boolean, type Decoded, list, object, string } from '../../decode.ts';
import type { Ask, CustomResource, Observed } from '../../model.ts';
import { apiServices } from '../cluster/api-services.ts';
import { fact, maybe } from '../engine/declare.ts';
import { get, itemsOf, kubernetesObject } from '../shared/kubernetes.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';

const groupOfCustomResources = fact({
  name: 'groupOfCustomResources',
  of: apiservice,
  internal: true,
  needs: { apiServices: maybe(apiServices) },
  from: ({ apiServices }, one) => apiServices.ok && apiServices.value.some(({ group, automanaged }) => automanaged && group === one.group),
});
/** Of its group. null: nobody had reason to ask. */
export const customResources = fact({
  name: 'customResources',
  of: apiservice,
  needs: { behind, groupOfCustomResources },
  read: ({ behind, groupOfCustomResources }, ask, { group }) =>
    behind === 'all' || groupOfCustomResources ? readCustomResources(ask, group) : nobodyLooked,
});

const path = apiPath`/apis/apiextensions.k8s.io/v1/customresourcedefinitions`;
const namesOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

export const definitionObject = object({ spec: object({ versions: list(object({ name: string, served: boolean })) }) });

/** null: the snapshot is older than the question. */
async function readCustomResources(ask: Ask, group: string): Promise<Observed<readonly CustomResource[] | null>> {
  const all = await get(ask, apiPath`${{ path }}?limit=500`, itemsOf(kubernetesObject), { accept: namesOnly });
  // The right to read them is optional.
  if (!all.ok && all.why === 'denied') return { ...all, why: 'excluded', message: `CustomResourceDefinitions: ${all.message}` };
  if (!all.ok) return all.why === 'excluded' ? { ok: true, value: null } : all;
  const own = (all.value ?? []).flatMap(({ metadata: { name = '' } = {} }) => (name.endsWith(`.${group}`) ? [name] : []));
  const read = await Promise.all(own.map((name) => get(ask, apiPath`${{ path }}/${name}`, definitionObject)));
  const value = read.flatMap((one, index) => (one.ok && one.value ? [{ name: own[index] ?? '', servedVersions: served(one.value) }] : []));
  return { ok: true, value };
}
const served = ({ spec }: Decoded<typeof definitionObject>) =>
  (spec?.versions ?? []).flatMap((version) => (version.served && version.name ? [version.name] : []));
