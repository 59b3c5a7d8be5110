/** Whether extension servers accept the front-proxy certificate: Go's judgement of the pair against the flags and the ConfigMap. Pure. */
import type { Certificate, CertificateFile, ChainFault } from '../../model.ts';
import { secondFault, verifyChain } from '../../x509/chain.ts';

/** null, too, where the question does not arise: a file or a flag that has a check of its own is missing. */
const judged =
  (judge: typeof verifyChain) =>
  (file: CertificateFile | null, roots: readonly Certificate[] | null | undefined, at: Date): ChainFault | null => {
    const chain = file?.certificates ?? [];
    return chain.length > 0 && roots?.length ? judge({ chain, roots, at, usage: 'clientAuth' }) : null;
  };
/** Why Go does not accept the certificate under these CAs at this moment. */
export const trustFault = judged(verifyChain);
/** The same at a moment inside the certificate's validity. */
export const signerFault = judged(secondFault);
