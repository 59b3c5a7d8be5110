import type { ApiPath, Ask, BackendPod, Delegation, Observed } from '../../model.ts';
import { bindings } from '../cluster/bindings.ts';
import { fact, maybe } from '../engine/declare.ts';
import { get } from '../shared/kubernetes.ts';
import { type Binding, clusterRolePath, notVisible, type Rule, reader, roleObject, rolePath } from '../shared/role-bindings.ts';
import { nobodyLooked, serviceKey } from '../shared/service-key.ts';
import { apiService } from './api-service.ts';
import { apiservice } from './apiservice.ts';
import { backendPods } from './backend-pods.ts';
import { bindingsAround } from './bindings-around.ts';

/** null also when there are no pods. */
export const delegation = fact({
  name: 'delegation',
  of: apiservice,
  needs: { bindingsAround, pods: maybe(backendPods), bindings: maybe(bindings), apiService },
  per: ({ bindingsAround, apiService }) => `${bindingsAround !== null} ${serviceKey(apiService)}`,
  read: ({ bindingsAround, pods, bindings }, ask) =>
    bindingsAround ? readDelegation((path) => readRules(ask, path), pods, { cluster: bindings, ...bindingsAround }) : nobodyLooked,
});

type Bindings = Observed<readonly Binding[] | null>;
/** The bindings that may matter: of the cluster, of kube-system, and of the extension server's own namespace. */
interface BindingsAround {
  readonly cluster: Bindings;
  readonly kubeSystem: Bindings;
  readonly own: Bindings;
}

const configMap = 'extension-apiserver-authentication';

/** The rules of a Role or ClusterRole, by its path; null: the recording is older than the question. */
type RulesAt = (path: ApiPath) => Promise<Observed<readonly Rule[] | null>>;
export async function readRules(ask: Ask, path: ApiPath): ReturnType<RulesAt> {
  const role = await get(ask, path, roleObject);
  if (!role.ok) return notVisible(role);
  return { ok: true, value: role.value?.rules ?? [] };
}

/**
 * Asks for the roles that are bound to the ServiceAccount of the pods, by `rulesAt`. null: there are no pods, or the recording is older than
 * the question. Authorizers beside RBAC are not seen: what is missing here is no fault before something else shows it.
 */
export async function readDelegation(
  rulesAt: RulesAt,
  pods: Observed<readonly BackendPod[] | null>,
  { cluster, kubeSystem, own }: BindingsAround,
): Promise<Observed<Delegation | null>> {
  const pod = pods.ok ? pods.value?.[0] : undefined;
  if (!pod) return { ok: true, value: null };
  const unseen = [cluster, kubeSystem].find((one) => !one.ok);
  if (unseen && !unseen.ok) return unseen;
  const bindings = cluster.ok ? cluster.value : null;
  const there = kubeSystem.ok ? kubeSystem.value : null;
  if (!bindings || !there) return { ok: true, value: null };
  const account = `${pod.namespace}/${pod.serviceAccount}`;
  const [everywhere, inKubeSystem] = await Promise.all([
    rulesOf(rulesAt, bindings.filter(holds(account))),
    rulesOf(rulesAt, there.filter(holds(account)), 'kube-system'),
  ]);
  if (!everywhere.ok) return everywhere;
  if (!inKubeSystem.ok) return inKubeSystem;
  const clusterWide = everywhere.value;
  if (!clusterWide || !inKubeSystem.value) return { ok: true, value: null };
  const reading = [...clusterWide, ...inKubeSystem.value];
  const misplaced = (own.ok && own.value) || [];
  return {
    ok: true,
    value: {
      account,
      configMapVerbsMissing: ['get', 'list', 'watch'].filter((verb) => !allows(reading, verb, '', 'configmaps', configMap)),
      reviewsMissing: [
        ['authentication.k8s.io', 'tokenreviews'],
        ['authorization.k8s.io', 'subjectaccessreviews'],
      ].flatMap(([group = '', resource = '']) => (allows(clusterWide, 'create', group, resource) ? [] : [resource])),
      misplaced: misplaced.filter(({ role }) => role === reader).map(({ name }) => `RoleBinding ${pod.namespace}/${name}`),
      readers: there
        .filter(({ role, accounts }) => role === reader && accounts.length > 0)
        .map(({ name, accounts }) => ({ binding: `RoleBinding kube-system/${name}`, accounts })),
    },
  };
}

/** kubernetes/kubernetes, pkg/registry/rbac/validation/rule.go (appliesToUser), and the groups of k8s.io/apiserver, pkg/authentication/serviceaccount/util.go. */
const holds =
  (account: string) =>
  ({ accounts, users, groups }: Binding): boolean => {
    const [namespace, name] = account.split('/');
    return (
      accounts.includes(account) ||
      users.includes(`system:serviceaccount:${namespace}:${name}`) ||
      ['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${namespace}`].some((group) => groups.includes(group))
    );
  };

async function rulesOf(rulesAt: RulesAt, bindings: readonly Binding[], namespace = ''): ReturnType<RulesAt> {
  const paths = bindings.map(({ kind, role }) => (kind === 'Role' ? rolePath(namespace, role) : clusterRolePath(role)));
  const roles = await Promise.all([...new Set(paths)].map(rulesAt));
  const unseen = roles.find((role) => !role.ok);
  if (unseen) return unseen;
  const rules = roles.map((role) => (role.ok ? role.value : null));
  return { ok: true, value: rules.includes(null) ? null : rules.flatMap((one) => one ?? []) };
}

/** kubernetes/kubernetes, plugin/pkg/auth/authorizer/rbac/rbac.go (RuleAllows), v1.37.2. Lists and watches of one name are authorized by it. */
const allows = (rules: readonly Rule[], verb: string, group: string, resource: string, name?: string): boolean =>
  rules.some(
    ({ apiGroups = [], resources = [], resourceNames = [], verbs = [] }) =>
      [verb, '*'].some((one) => verbs.includes(one)) &&
      [group, '*'].some((one) => apiGroups.includes(one)) &&
      [resource, '*'].some((one) => resources.includes(one)) &&
      (resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name))),
  );
