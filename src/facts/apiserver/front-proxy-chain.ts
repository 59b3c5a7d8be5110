import type { CertificateFile, ChainLink, Observed } from '../../model.ts';
import { linksOf } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { proxyClientCert } from './proxy-client-cert.ts';
import { requestheaderCa } from './requestheader-ca.ts';

/** The certificates on which the front proxy depends, leaf first, each with the file that holds it; null: no pair is set. */
export const frontProxyChain = fact({
  name: 'frontProxyChain',
  of: apiserver,
  needs: { proxyClientCert, ca: maybe(requestheaderCa) },
  from: ({ proxyClientCert, ca }) => chainOf(proxyClientCert, ca),
});

export function chainOf(
  presented: CertificateFile | null,
  ca: Observed<CertificateFile | null>,
): readonly (ChainLink & { readonly file: CertificateFile })[] | null {
  if (!presented?.certificates[0]) return null;
  const trusted = ca.ok ? ca.value : null;
  return linksOf(presented.certificates, trusted?.certificates ?? []).map((link) => ({
    ...link,
    file: link.is === 'root' && trusted ? trusted : presented,
  }));
}
