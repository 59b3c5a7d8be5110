/** Whether the CA bundle of each kube-apiserver vouches for what the others present. Pure. */
import type { Distrust, FactsFor, Subject } from '../model.ts';
import { secondFault } from '../x509/chain.ts';

/**
 * Judged for each pair of kube-apiservers whose files are visible. A pair that its own bundle does not vouch for is left to the check of
 * that node, and so is a bundle that is not there.
 */
export function distrusts(
  apiservers: readonly { readonly subject: Subject; readonly facts: FactsFor<'apiserver'> }[],
  at: Date,
): readonly Distrust[] {
  const sound = apiservers.flatMap(({ subject, facts: { proxyClientCert, requestheaderCa, flagsSigner } }) => {
    const chain = proxyClientCert.ok ? (proxyClientCert.value?.certificates ?? []) : [];
    const file = requestheaderCa.ok ? requestheaderCa.value : null;
    const [leaf] = chain;
    return leaf && file?.is === 'certificates' && flagsSigner.ok && !flagsSigner.value ? [{ node: subject.name, chain, leaf, file }] : [];
  });
  return sound.flatMap((presents) =>
    sound.flatMap((trusts) => {
      const { chain, leaf, node } = presents;
      const fault = presents === trusts ? null : secondFault({ chain, roots: trusts.file.certificates, at, usage: 'clientAuth' });
      return fault ? [{ presents: { node, leaf }, trusts: { node: trusts.node, file: trusts.file }, fault }] : [];
    }),
  );
}
