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
  per: ({ behind, apiService }) => `${behind !== null} ${apiService.service.namespace}`,
  read: ({ behind, apiService }, ask) =>
    behind ? get(ask, apiPath`/api/v1/namespaces/${apiService.service.namespace}`, kubernetesObject) : nobodyLooked,
});
