/** Whose certificate the front-proxy pair is when extension servers do not take it for the front proxy's. Pure. */
import type { ApiserverFacts, CertificateFile, Observed } from '../model.ts';
import { verifyChain } from '../x509/chain.ts';

/**
 * Judges the pair as an ordinary client certificate. An extension server whose requestheader CA refuses it asks `--client-ca-file` next, and
 * then takes every user for the certificate's own: CN and O. Mirrors `CommonNameUserConversion`
 * (k8s.io/apiserver/pkg/authentication/request/x509/x509.go, v0.37.2) and the order of `DelegatingAuthenticatorConfig.New`.
 */
export function clientCaIdentity(
  cert: Observed<CertificateFile | null>,
  clientCa: Observed<CertificateFile | null>,
  now: Date,
): Observed<ApiserverFacts['clientCaIdentity']> {
  if (!cert.ok) return { ok: false, why: 'excluded', message: '', because: 'proxyClientCert' };
  if (!clientCa.ok) return { ok: false, why: 'excluded', message: '', because: 'clientCa' };
  const chain = cert.value?.certificates ?? [];
  const roots = clientCa.value?.certificates ?? [];
  const [leaf] = chain;
  if (!leaf?.commonName || roots.length === 0) return { ok: true, value: null };
  if (verifyChain({ chain, roots, at: now, usage: 'clientAuth' })) return { ok: true, value: null };
  return { ok: true, value: { user: leaf.commonName, groups: [...leaf.organizations, 'system:authenticated'] } };
}
