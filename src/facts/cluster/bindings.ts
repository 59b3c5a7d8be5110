import { fact } from '../engine/declare.ts';
import { readBindings } from '../shared/role-bindings.ts';

/** Every ClusterRoleBinding; null: the recording is older than the question. */
export const bindings = fact({ name: 'bindings', internal: true, read: (_, ask) => readBindings(ask) });
