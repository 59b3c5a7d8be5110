/** RoleBindings and ClusterRoleBindings: who holds which role. */
import { apiPath } from '../../api-path.ts';
import { type Decoded, list, object, string } from '../../decode.ts';
import type { ApiPath, Ask, Observed } from '../../model.ts';
import { get } from './kubernetes.ts';
import { asTable, rowsOf, type ServerTable, serverTable } from './server-table.ts';

const rbac = { path: apiPath`/apis/rbac.authorization.k8s.io/v1` };
/** The Role of kube-system that lets extension API servers read ConfigMap extension-apiserver-authentication. */
export const reader = 'extension-apiserver-authentication-reader';
export const clusterRolePath = (role: string): ApiPath => apiPath`${rbac}/clusterroles/${role}`;
export const clusterRoleBindingPath = (name: string): ApiPath => apiPath`${rbac}/clusterrolebindings/${name}`;
export const rolePath = (namespace: string, role: string): ApiPath => apiPath`${rbac}/namespaces/${namespace}/roles/${role}`;

const rule = object({
  apiGroups: list(string),
  resources: list(string),
  resourceNames: list(string),
  nonResourceURLs: list(string),
  verbs: list(string),
});
export type Rule = Decoded<typeof rule>;
/** A Role or ClusterRole. */
export const roleObject = object({ rules: list(rule) });

/** A binding: of a ClusterRole, or of a Role of its namespace. */
export interface Binding {
  readonly name: string;
  readonly kind: 'ClusterRole' | 'Role';
  readonly role: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** `NAMESPACE/NAME`. */
  readonly accounts: readonly string[];
}

/** Every ClusterRoleBinding, or every RoleBinding of a namespace. null: the recording is older than the question. */
export async function readBindings(ask: Ask, namespace?: string): Promise<Observed<readonly Binding[] | null>> {
  const path = namespace === undefined ? apiPath`${rbac}/clusterrolebindings` : apiPath`${rbac}/namespaces/${namespace}/rolebindings`;
  const table = await get(ask, apiPath`${{ path }}?includeObject=None`, serverTable, { accept: asTable });
  if (!table.ok) return notVisible(table);
  return { ok: true, value: table.value && bindingsOf(table.value) };
}

/** The columns hold every subject. */
function bindingsOf(table: ServerTable): readonly Binding[] {
  return rowsOf(table).map((cell) => {
    const items = (name: string) => cell(name).split(', ').filter(Boolean);
    const [kind, role] = cell('Role').split(/\/(.*)/s);
    return {
      name: cell('Name'),
      kind: kind === 'Role' ? 'Role' : 'ClusterRole',
      role: role ?? '',
      users: items('Users'),
      groups: items('Groups'),
      accounts: items('ServiceAccounts'),
    };
  });
}

/** To be refused here is a matter of one's own rights, and of nothing that is broken. */
export function notVisible(reason: Observed<never> & { ok: false }): Observed<null> {
  if (reason.why === 'excluded') return { ok: true, value: null };
  if (reason.why !== 'denied') return reason;
  return { ok: false, why: 'excluded', message: `who holds which role: ${reason.message}` };
}
