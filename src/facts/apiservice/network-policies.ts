import { apiPath } from '../../api-path.ts';
import { list as listOf, object, string } from '../../decode.ts';
import type { Ask, BackendPod, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { list, metadata } from '../shared/kubernetes.ts';
import { labelSelector, selects } from '../shared/label-selector.ts';
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
const mayBePolicy = ['timeout', 'no-route', 'not-permitted', 'cut-off'];
/** Names of the NetworkPolicies for ingress that select its pods; null also while kube-apiserver gets an answer in time. */
export const networkPolicies = fact({
  name: 'networkPolicies',
  of: apiservice,
  needs: { blocked, apiService, pods: maybe(backendPods) },
  per: ({ blocked, apiService }) => `${blocked} ${serviceKey(apiService)}`,
  read: ({ blocked, apiService, pods }, ask) => (blocked ? readNetworkPolicies(ask, apiService.service.namespace, pods) : nobodyLooked),
});

export const policyObject = object({
  metadata: object(metadata),
  spec: object({
    podSelector: labelSelector,
    policyTypes: listOf(string),
  }),
});

/** Names of those that restrict ingress to one of the pods: what they let through is the network plugin's to say. */
async function readNetworkPolicies(
  ask: Ask,
  namespace: string,
  pods: Observed<readonly BackendPod[] | null>,
): Promise<Observed<readonly string[] | null>> {
  const policies = await list(ask, apiPath`/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`, policyObject);
  if (!policies.ok) return { ok: false, why: 'excluded', message: `NetworkPolicies in namespace ${namespace}: ${policies.message}` };
  const labels = (pods.ok ? (pods.value ?? []) : []).map((pod) => pod.labels);
  const restricting = policies.value.filter(({ spec = {} }) => {
    // Ingress is restricted unless policyTypes leaves it out (k8s.io/api, networking/v1/types.go, v0.37).
    const ingress = spec.policyTypes?.includes('Ingress') ?? true;
    return ingress && labels.some((of) => selects(spec.podSelector, of));
  });
  return { ok: true, value: restricting.map(({ metadata }) => metadata?.name ?? '') };
}
