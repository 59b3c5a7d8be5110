import { readIdentity } from '../cluster.ts';
import { fact, maybe } from '../engine/declare.ts';

/** Whom kube-apiserver takes aggctl for. */
export const identity = fact({ name: 'identity', read: (_, ask) => readIdentity(ask) });
/** The name alone; null: not known. */
export const user = fact({
  name: 'user',
  internal: true,
  needs: { identity: maybe(identity) },
  from: ({ identity }) => (identity.ok ? identity.value.user : null),
});
