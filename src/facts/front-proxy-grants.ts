/** ClusterRoleBindings → the rights that somebody gave to the front proxy's own name. */
import type { ApiserverFacts, Ask, ClusterFacts, FactsFor, FrontProxyGrant, Observed } from '../model.ts';
import { get } from './kubernetes.ts';
import { map } from './observed.ts';

/** As the columns that kubectl shows: they hold every subject, in a tenth of the objects' size and without their annotations. */
const bindingsPath = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?includeObject=None';
const asTable = 'application/json;as=Table;v=v1;g=meta.k8s.io';

interface Table {
  readonly columnDefinitions: readonly { readonly name: string }[];
  readonly rows?: readonly { readonly cells: readonly unknown[] }[] | null;
}
/** A ClusterRoleBinding that names users. */
interface Binding {
  readonly name: string;
  readonly role: string;
  readonly users: readonly string[];
  readonly others: boolean;
}

/** Every ClusterRoleBinding; null: the recording is older than the question. */
export async function readBindings(ask: Ask): Promise<Observed<readonly Binding[] | null>> {
  const table = await get<Table>(ask, bindingsPath, asTable);
  if (!table.ok) return notVisible(table);
  return { ok: true, value: table.value && bindingsOf(table.value) };
}

function bindingsOf({ columnDefinitions, rows }: Table): readonly Binding[] {
  return (rows ?? []).map(({ cells }) => {
    const cell = (name: string) => String(cells[columnDefinitions.findIndex((column) => column.name === name)] ?? '');
    const [users, groups, accounts] = ['Users', 'Groups', 'ServiceAccounts'].map((name) => cell(name).split(', ').filter(Boolean));
    return {
      name: cell('Name'),
      role: cell('Role').replace(/^ClusterRole\//, ''),
      users: users ?? [],
      others: Boolean(groups?.length || accounts?.length),
    };
  });
}

/** To be refused here is a matter of one's own rights, and of nothing that is broken. */
function notVisible(reason: Observed<never> & { ok: false }): Observed<null> {
  if (reason.why === 'excluded') return { ok: true, value: null };
  if (reason.why !== 'denied') return reason;
  return { ok: false, why: 'excluded', message: `whether rights were granted to the front proxy's name is not visible: ${reason.message}` };
}

/** The names that a front-proxy certificate has or may have: those on the lists, and those in the certificates. */
export function frontProxyNames(
  configMap: Observed<ClusterFacts['authConfigMap']>,
  apiservers: readonly { readonly facts: FactsFor<'apiserver'> }[],
): readonly string[] {
  const presented = apiservers.flatMap(({ facts: { proxyClientCert } }) =>
    proxyClientCert.ok ? [commonNameOf(proxyClientCert.value)] : [],
  );
  const allowed = configMap.ok ? (configMap.value?.allowedNames ?? []) : [];
  return [...new Set([...allowed, ...presented])].filter(Boolean);
}
const commonNameOf = (file: ApiserverFacts['proxyClientCert']) => file?.certificates[0]?.commonName ?? '';

/** The bindings that grant more than access to kubelets, for which some clusters use the same certificate. */
export async function frontProxyGrants(
  ask: Ask,
  bindings: Observed<readonly Binding[] | null>,
  names: readonly string[],
): Promise<Observed<readonly FrontProxyGrant[] | null>> {
  if (!bindings.ok || !bindings.value) return bindings as Observed<null>;
  const named = bindings.value.flatMap(({ users, others, ...binding }) =>
    users.filter((user) => names.includes(user)).map((user) => ({ ...binding, user, alone: users.length === 1 && !others })),
  );
  const reach = await Promise.all(named.map(({ role }) => onlyKubelets(ask, role)));
  const kubeletsAlone: boolean[] = [];
  for (const one of reach) {
    if (!one.ok) return notVisible(one);
    kubeletsAlone.push(one.value);
  }
  return { ok: true, value: named.filter((_, index) => !kubeletsAlone[index]) };
}

interface ClusterRole {
  readonly rules?: readonly { readonly resources?: readonly string[]; readonly nonResourceURLs?: readonly string[] }[] | null;
}
/** A role that is gone grants nothing. */
const onlyKubelets = async (ask: Ask, role: string): Promise<Observed<boolean>> =>
  map(await get<ClusterRole>(ask, `/apis/rbac.authorization.k8s.io/v1/clusterroles/${encodeURIComponent(role)}`), (found) =>
    (found?.rules ?? []).every(
      ({ resources = [], nonResourceURLs = [] }) => nonResourceURLs.length === 0 && resources.every((one) => /^nodes(?:\/|$)/.test(one)),
    ),
  );
