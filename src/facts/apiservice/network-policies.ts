import { fact, maybe } from '../engine/declare.ts';
import { readNetworkPolicies } from '../network-policies.ts';
import { nobodyLooked, serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { backendPods } from './backend-pods.ts';
import { firstFailure } from './first-failure.ts';
import { onTheWay } from './on-the-way.ts';

const blocked = fact({
  name: 'blocked',
  of: apiservice,
  internal: true,
  needs: { onTheWay, firstFailure },
  from: ({ onTheWay, firstFailure }) => onTheWay && firstFailure !== null && mayBePolicy.includes(firstFailure.signature),
});
/** Failures that a NetworkPolicy may make. */
const mayBePolicy = ['timeout', 'no-route', 'cut-off'];
/** Names of the NetworkPolicies for ingress that select its pods; null also while kube-apiserver gets an answer in time. */
export const networkPolicies = fact({
  name: 'networkPolicies',
  of: apiservice,
  needs: { blocked, apiService, pods: maybe(backendPods) },
  per: ({ blocked, apiService }) => `${blocked} ${serviceKey(apiService)}`,
  read: ({ blocked, apiService, pods }, ask) => (blocked ? readNetworkPolicies(ask, apiService.service.namespace, pods) : nobodyLooked),
});
