/** What the roles in the manifests allow. */
import { list, object, string } from '../decode.ts';
import type { ManifestObject } from '../model.ts';
import { isOf } from './name.ts';

const role = object({ rules: list(object({ apiGroups: list(string), resources: list(string), verbs: list(string) })) });

const rbac = 'rbac.authorization.k8s.io';
interface Rule {
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
const binding = object({ roleRef: object({ kind: string, name: string }) });
/** The role that every cluster has with all rights. */
const bindsAdministrator = (one: ManifestObject): boolean => {
  const { kind, name } = binding(one.value)?.roleRef ?? {};
  return isOf(one, rbac, 'ClusterRoleBinding') && kind === 'ClusterRole' && name === 'cluster-admin';
};
/**
 * Whether a Role or ClusterRole allows one of these verbs on one of these resources, to whomever it is bound, or cluster-admin is bound.
 * kubernetes/kubernetes, plugin/pkg/auth/authorizer/rbac/rbac.go (RuleAllows), v1.37.2.
 */
export const mayWrite = (manifests: readonly ManifestObject[], { group, resources, verbs }: Rule): boolean =>
  manifests.some(
    (one) =>
      bindsAdministrator(one) ||
      ((isOf(one, rbac, 'Role') || isOf(one, rbac, 'ClusterRole')) &&
        (role(one.value)?.rules ?? []).some(
          (rule) => has(rule.apiGroups, [group]) && has(rule.resources, resources) && has(rule.verbs, verbs),
        )),
  );
const has = (granted: readonly string[] = [], wanted: readonly string[]): boolean =>
  granted.includes('*') || wanted.some((one) => granted.includes(one));

/** Whether an operator is among them, which makes workloads that they do not hold. */
export const makesWorkloads = (manifests: readonly ManifestObject[]): boolean =>
  mayWrite(manifests, { group: 'apps', resources: ['deployments', 'statefulsets', 'daemonsets'], verbs: ['create'] });
