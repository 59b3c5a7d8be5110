import { readVersion } from '../cluster.ts';
import { fact, maybe } from '../engine/declare.ts';
import { connection } from './connection.ts';

/** Of the kube-apiserver that answers. */
export const version = fact({ name: 'version', needs: { connection }, read: async (_, ask) => (await readVersion(ask)).version });
/** Its minor version; null: not known. */
export const minor = fact({
  name: 'minor',
  internal: true,
  needs: { version: maybe(version) },
  from: ({ version }) => (version.ok ? version.value.minor : null),
});
