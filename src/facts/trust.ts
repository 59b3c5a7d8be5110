/** Whether extension servers accept the front-proxy certificate: Go's judgement of the pair against the flags and the ConfigMap. Pure. */
import type { Certificate, CertificateFile, ChainFault, KeyFile, NamedFile } from '../model.ts';
import { readPair } from '../x509/bundle.ts';
import { sha256 } from '../x509/certificate.ts';
import { secondFault, verifyChain } from '../x509/chain.ts';
import { pemBlocks } from '../x509/pem.ts';

/** What kube-apiserver says of a pair that it cannot load, before it exits. */
export interface PairFault {
  readonly text: string;
  readonly file: NamedFile;
  /** The certificate of the file that the key belongs to, where it stands behind others. */
  readonly leaf?: Certificate;
}

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

/** Half a pair is never opened by kube-apiserver, and a file that is not there has a check of its own. */
export function pairFault(certFile: CertificateFile | null, keyFile: KeyFile | null): PairFault | null {
  if (!certFile || !keyFile?.answer || certFile.is === 'absent' || certFile.is === 'not-mounted') return null;
  const fault = readPair(certFile, keyFile);
  const leaf = fault?.in === 'pair' && ownerOf(keyFile, certFile);
  return fault && { text: fault.text, file: fault.in === 'key' ? keyFile : certFile, ...(leaf && { leaf }) };
}

/** The certificate, wherever it stands in the file, that the key belongs to. */
function ownerOf({ answer }: KeyFile, { certificates }: CertificateFile) {
  const [half] = answer && 'publicKey' in answer && answer.publicKey !== undefined ? pemBlocks(answer.publicKey) : [];
  return half && certificates.find(({ publicKeySha256 }) => publicKeySha256 === sha256(half.bytes));
}
