/** How a CA of the front proxy is replaced before or after its end. */
import type { Certificate } from '../../model.ts';

/** Of an intermediate in the pair's file. */
export const renewIntermediate = ({ issuer }: Certificate): string =>
  `Let \`${issuer}\` reissue this intermediate CA with the same key and the same name, and put it in place of the old one in this file. The client certificate and its key stay; kube-apiserver reads the file again within a minute.`;
export const newCa =
  'Create a new requestheader CA and add it to this file on every control-plane node, beside the old one. Wait until ConfigMap extension-apiserver-authentication contains it. Only then issue the front-proxy client certificate from it.';
