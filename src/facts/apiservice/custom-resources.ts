import { apiServices } from '../cluster/api-services.ts';
import { readCustomResources } from '../custom-resources.ts';
import { fact, maybe } from '../engine/declare.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';

const groupOfCustomResources = fact({
  name: 'groupOfCustomResources',
  of: apiservice,
  internal: true,
  needs: { apiServices: maybe(apiServices) },
  from: ({ apiServices }, one) => apiServices.ok && apiServices.value.some(({ group, automanaged }) => group === one.group && automanaged),
});
/** Of its group. null: nobody had reason to ask. */
export const customResources = fact({
  name: 'customResources',
  of: apiservice,
  needs: { behind, groupOfCustomResources },
  read: ({ behind, groupOfCustomResources }, ask, { group }) =>
    behind === 'all' || groupOfCustomResources ? readCustomResources(ask, group) : nobodyLooked,
});
