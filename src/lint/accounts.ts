/** The ServiceAccounts of extension API servers whose rights the manifests decide. */

import { isOf } from '../manifests/name.ts';
import { mayWrite } from '../manifests/rights.ts';
import type { Workload } from '../manifests/workloads.ts';
import type { ApiService, Delegation, ManifestObject } from '../model.ts';
import { behind, wordsOf } from './behind.ts';

const binding = { group: 'rbac.authorization.k8s.io', resources: ['rolebindings', 'clusterrolebindings'], verbs: ['create'] };
/** With these it uses credentials of its own, or reads no ConfigMap (k8s.io/apiserver, pkg/server/options/authentication.go and authorization.go, v0.37.2). */
const own = /^--(?:(?:authentication-|authorization-)?kubeconfig|authentication-(?:skip|tolerate)-lookup(?:-failure)?)(?:=|$)/;

/** The workload, if its ServiceAccount is in the manifests, and nothing else binds it: who creates one elsewhere may bind it there, and so may an operator. */
export function accountable(
  apiService: Pick<ApiService, 'service'>,
  { account }: Delegation,
  manifests: readonly ManifestObject[],
): Workload | null {
  const held =
    !mayWrite(manifests, binding) && manifests.some((one) => isOf(one, '', 'ServiceAccount') && `${one.namespace}/${one.name}` === account);
  const workload = held ? behind(apiService, manifests)?.workloads[0] : undefined;
  return workload && !(workload.spec.containers ?? []).some((one) => wordsOf(one).some((word) => own.test(word))) ? workload : null;
}

/** Where not one binding is in the manifests, others hold them, as with `rbac.create=false` of a chart: then nobody knows that a right is missing. */
export const withoutBindings = (
  manifests: readonly ManifestObject[],
): { readonly severity?: 'info'; readonly evidence: readonly string[] } => {
  const isBinding = (one: ManifestObject) => ['RoleBinding', 'ClusterRoleBinding'].some((kind) => isOf(one, binding.group, kind));
  return manifests.some(isBinding)
    ? { evidence: [] }
    : { severity: 'info', evidence: ['these manifests hold no RoleBinding and no ClusterRoleBinding'] };
};
