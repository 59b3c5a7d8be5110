import { apiPath } from '../../api-path.ts';
import { fact } from '../engine/declare.ts';
import { get, kubernetesObject } from '../shared/kubernetes.ts';
import { nobodyLooked } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { behind } from './behind.ts';

/** Of the Service; null: it does not exist. */
export const namespace = fact({
  name: 'namespace',
  of: apiservice,
  internal: true,
  needs: { behind, apiService },
  per: ({ behind, apiService }) => `${behind !== 'addresses'} ${apiService.service.namespace}`,
  read: ({ behind, apiService }, ask) =>
    behind !== 'addresses' ? get(ask, apiPath`/api/v1/namespaces/${apiService.service.namespace}`, kubernetesObject) : nobodyLooked,
});
