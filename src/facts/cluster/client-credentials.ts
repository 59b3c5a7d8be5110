import { clientCredentials as credentialsIn } from '../connection.ts';
import { fact, maybe } from '../engine/declare.ts';
import { version } from './version.ts';

/** aggctl's own credentials; `expired`: the sentence that says so, null while kube-apiserver accepts them. */
export const clientCredentials = fact({
  name: 'clientCredentials',
  needs: { version: maybe(version) },
  read: ({ version }) => credentialsIn(version),
});
