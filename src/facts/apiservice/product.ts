import { productOf } from '../../products/index.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { backendPods } from './backend-pods.ts';

/** The product of others that serves it; null: nothing tells. */
export const product = fact({
  name: 'product',
  of: apiservice,
  needs: { apiService, pods: maybe(backendPods) },
  from: ({ apiService, pods }) => productOf(apiService, pods.ok ? pods.value : null),
});
