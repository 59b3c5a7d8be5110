/** Whose certificate the front-proxy pair is when extension servers do not take it for the front proxy's. Pure. */
import type { CertificateFile } from '../model.ts';
import { verifyChain } from '../x509/chain.ts';

/**
 * Judges the pair as an ordinary client certificate. An extension server whose requestheader CA refuses it asks `--client-ca-file` next, and
 * then takes every user for the certificate's own: CN and O. Mirrors `CommonNameUserConversion`
 * (k8s.io/apiserver/pkg/authentication/request/x509/x509.go, v0.37.2) and the order of `DelegatingAuthenticatorConfig.New`.
 */
export function clientCaIdentity(
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
