import type { CertificateFile, ChainFault, Observed, UntrustedPeer } from '../../model.ts';
import { secondFault } from '../../x509/chain.ts';
import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { requestheaderCa } from '../apiserver/requestheader-ca.ts';
import { signerFaultByFlags } from '../apiserver/signer-fault-by-flags.ts';
import { each, fact } from '../engine/declare.ts';
import { moment } from './now.ts';
import { observedAt } from './of-each.ts';

/** Among the kube-apiservers whose files are visible, at a moment when the certificate is valid. */
export const untrustedPeers = fact({
  name: 'untrustedPeers',
  needs: {
    certificates: each(proxyClientCert),
    cas: each(requestheaderCa),
    signers: each(signerFaultByFlags),
    moment,
  },
  read: ({ certificates, cas, signers, moment }): Observed<readonly UntrustedPeer[]> => {
    const unseen = certificates.flatMap(({ observed }) => (observed.ok ? [] : [observed]));
    // Of several, one alone has nothing to be compared with.
    if (unseen[0] && certificates.length > 1 && certificates.length - unseen.length < 2) return unseen[0];
    const servers = certificates.map(({ name, observed }, index) => ({
      node: name,
      proxyClientCert: observed,
      requestheaderCa: observedAt(cas, index),
      signerFaultByFlags: observedAt(signers, index),
    }));
    return { ok: true, value: distrustsAmong(servers, moment) };
  },
});

interface Server {
  readonly node: string;
  readonly proxyClientCert: Observed<CertificateFile | null>;
  readonly requestheaderCa: Observed<CertificateFile | null>;
  readonly signerFaultByFlags: Observed<ChainFault | null>;
}

/**
 * Judged for each pair of kube-apiservers whose files are visible. A pair that its own bundle does not vouch for is left to the check of
 * that node, and so is a bundle that is not there.
 */
function distrustsAmong(apiservers: readonly Server[], at: Date): readonly UntrustedPeer[] {
  const sound = apiservers.flatMap(({ node, proxyClientCert, requestheaderCa, signerFaultByFlags }) => {
    const chain = proxyClientCert.ok ? (proxyClientCert.value?.certificates ?? []) : [];
    const file = requestheaderCa.ok ? requestheaderCa.value : null;
    const [leaf] = chain;
    return leaf && file?.is === 'certificates' && signerFaultByFlags.ok && !signerFaultByFlags.value ? [{ node, chain, leaf, file }] : [];
  });
  return sound.flatMap((presents) =>
    sound.flatMap((trusts) => {
      const { chain, leaf, node } = presents;
      const fault = presents === trusts ? null : secondFault({ chain, roots: trusts.file.certificates, at, usage: 'clientAuth' });
      return fault ? [{ presents: { node, leaf }, trusts: { node: trusts.node, file: trusts.file }, fault }] : [];
    }),
  );
}
