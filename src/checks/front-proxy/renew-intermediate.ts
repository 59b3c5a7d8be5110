import type { Certificate } from '../../model.ts';

/** How an intermediate CA in the pair's file is replaced before or after its end. */
export const renewIntermediate = ({ issuer }: Certificate): string =>
  `Let \`${issuer}\` reissue this intermediate CA with the same key and the same name, and put it in place of the old one in this file. The client certificate and its key stay; kube-apiserver reads the file again within a minute.`;
