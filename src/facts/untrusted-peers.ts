/** Whether the CA bundle of each kube-apiserver vouches for what the others present. Pure. */
import type { CertificateFile, ChainFault, Observed, UntrustedPeer } from '../model.ts';
import { secondFault } from '../x509/chain.ts';

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
export function untrustedPeers(apiservers: readonly Server[], at: Date): readonly UntrustedPeer[] {
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
