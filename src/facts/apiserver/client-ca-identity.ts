import type { CertificateFile } from '../../model.ts';
import { verifyChain } from '../../x509/chain.ts';
import { moment } from '../cluster/now.ts';
import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { clientCa } from './client-ca.ts';
import { proxyClientCert } from './proxy-client-cert.ts';

/** Whom extension servers take the pair for as an ordinary client certificate of `--client-ca-file`. null: it is none. */
export const clientCaIdentity = fact({
  name: 'clientCaIdentity',
  of: apiserver,
  needs: { proxyClientCert, clientCa, moment },
  from: ({ proxyClientCert, clientCa, moment }) => identityByClientCa(proxyClientCert, clientCa, moment),
});

/**
 * Judges the pair as an ordinary client certificate. An extension server whose requestheader CA refuses it asks `--client-ca-file` next, and
 * then takes every user for the certificate's own: CN and O. Mirrors `CommonNameUserConversion`
 * (k8s.io/apiserver/pkg/authentication/request/x509/x509.go, v0.37.2) and the order of `DelegatingAuthenticatorConfig.New`.
 */
export function identityByClientCa(
  cert: CertificateFile | null,
  clientCa: CertificateFile | null,
  now: Date,
): { readonly user: string; readonly groups: readonly string[] } | null {
  const chain = cert?.certificates ?? [];
  const roots = clientCa?.certificates ?? [];
  const [leaf] = chain;
  if (!leaf?.commonName || roots.length === 0) return null;
  if (verifyChain({ chain, roots, at: now, usage: 'clientAuth' })) return null;
  return { user: leaf.commonName, groups: [...leaf.organizations, 'system:authenticated'] };
}
