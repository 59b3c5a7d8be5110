import type { BoundAccounts } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { known } from '../shared/observed.ts';
import type { Binding } from '../shared/role-bindings.ts';
import { bindings } from './bindings.ts';
import { frontProxyGrants } from './front-proxy-grants.ts';

/** Who is bound to ClusterRole system:auth-delegator; null: the recording is older than the question. */
export const authDelegators = fact({
  name: 'authDelegators',
  needs: { bindings: maybe(bindings), frontProxyGrants: maybe(frontProxyGrants) },
  // That the bindings cannot be read is said once, of frontProxyGrants.
  read: ({ bindings, frontProxyGrants }) => {
    if (bindings.ok) return known(delegatorsAmong(bindings.value));
    return frontProxyGrants.ok ? bindings : frontProxyGrants;
  },
});

/** Who may ask kube-apiserver about its users, by the ClusterRole that Kubernetes keeps for this. */
const delegatorsAmong = (bindings: readonly Binding[] | null): readonly BoundAccounts[] | null =>
  bindings
    ?.filter(({ role, accounts }) => role === 'system:auth-delegator' && accounts.length > 0)
    .map(({ name, accounts }) => ({ binding: `ClusterRoleBinding ${name}`, accounts })) ?? null;
