import type { CertificateFile, ChainFault, Observed, UntrustedPeer } from '../../model.ts';
import { secondFault } from '../../x509/chain.ts';
import { proxyClientCert } from '../apiserver/proxy-client-cert.ts';
import { requestheaderCa } from '../apiserver/requestheader-ca.ts';
import { signerFaultByFlags } from '../apiserver/signer-fault-by-flags.ts';
import { each, fact, maybe } from '../engine/declare.ts';
import { moment } from './now.ts';
import { observedAt } from './of-each.ts';

/** Among the kube-apiservers whose files are visible, at a moment when the certificate is valid. */
export const untrustedPeers = fact({
  name: 'untrustedPeers',
  needs: {
    certificates: maybe(each(proxyClientCert)),
    cas: maybe(each(requestheaderCa)),
    signers: maybe(each(signerFaultByFlags)),
    moment,
  },
  from: ({ certificates, cas, signers, moment }) =>
    certificates.ok && cas.ok && signers.ok
      ? distrustsAmong(
          certificates.value.map(({ name, observed }, index) => ({
            node: name,
            proxyClientCert: observed,
            requestheaderCa: observedAt(cas.value, index),
            signerFaultByFlags: observedAt(signers.value, index),
          })),
          moment,
        )
      : [],
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
