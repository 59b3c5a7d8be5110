/** Everything in the cluster that carries the sample's label, wherever an earlier run put it. */

import { apiPath } from '../api-path.ts';
import { list } from '../facts/shared/kubernetes.ts';
import type { Ask, Manifest, Observed } from '../model.ts';
import { ownPath } from './plan.ts';
import { wholeObject } from './step.ts';

/** In the order in which they are deleted; objects in the namespace are deleted with it. */
export const ownedKinds = [
  { kind: 'APIService', apiVersion: 'apiregistration.k8s.io/v1', path: apiPath`/apis/apiregistration.k8s.io/v1/apiservices` },
  {
    kind: 'RoleBinding',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    path: apiPath`/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings`,
  },
  {
    kind: 'ClusterRoleBinding',
    apiVersion: 'rbac.authorization.k8s.io/v1',
    path: apiPath`/apis/rbac.authorization.k8s.io/v1/clusterrolebindings`,
  },
  { kind: 'ClusterRole', apiVersion: 'rbac.authorization.k8s.io/v1', path: apiPath`/apis/rbac.authorization.k8s.io/v1/clusterroles` },
  { kind: 'Namespace', apiVersion: 'v1', path: apiPath`/api/v1/namespaces` },
] as const;
export type OwnedKind = (typeof ownedKinds)[number]['kind'];

/** The objects of one kind. */
export async function owned(source: Ask, kind: OwnedKind): Promise<Observed<readonly Manifest[]>> {
  const { apiVersion, path } = ownedKinds.find((one) => one.kind === kind) as (typeof ownedKinds)[number];
  const found = await list(source, ownPath(path), wholeObject<Manifest>());
  return found.ok ? { ok: true, value: found.value.map((object) => ({ ...object, apiVersion, kind })) } : found;
}
