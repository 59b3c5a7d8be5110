import type { Certificate, CertificateFile, KeyFile, NamedFile } from '../../model.ts';
import { readPair } from '../../x509/bundle.ts';
import { sha256 } from '../../x509/certificate.ts';
import { pemBlocks } from '../../x509/pem.ts';
import { fact } from '../engine/declare.ts';
import { apiserver } from './apiserver.ts';
import { proxyClientCert } from './proxy-client-cert.ts';
import { proxyClientKey } from './proxy-client-key.ts';

/** Why kube-apiserver cannot load the pair and exits: its own words, and the file to look at. null: it loads. */
export const pairFault = fact({
  name: 'pairFault',
  of: apiserver,
  needs: { proxyClientCert, proxyClientKey },
  from: ({ proxyClientCert, proxyClientKey }) => faultOfPair(proxyClientCert, proxyClientKey),
});

/** What kube-apiserver says of a pair that it cannot load, before it exits. */
interface PairFault {
  readonly text: string;
  readonly file: NamedFile;
  /** The certificate of the file that the key belongs to, where it stands behind others. */
  readonly leaf?: Certificate;
}

/** Half a pair is never opened by kube-apiserver, and a file that is not there has a check of its own. */
export function faultOfPair(certFile: CertificateFile | null, keyFile: KeyFile | null): PairFault | null {
  if (!certFile || !keyFile?.answer || [certFile.is, keyFile.is].some((is) => is === 'absent' || is === 'not-mounted')) return null;
  const fault = readPair(certFile, keyFile);
  const leaf = fault?.in === 'pair' && ownerOf(keyFile, certFile);
  return fault && { text: fault.text, file: fault.in === 'key' ? keyFile : certFile, ...(leaf && { leaf }) };
}

/** The certificate, wherever it stands in the file, that the key belongs to. */
function ownerOf({ answer }: KeyFile, { certificates }: CertificateFile) {
  const [half] = answer && 'publicKey' in answer && answer.publicKey !== undefined ? pemBlocks(answer.publicKey) : [];
  return half && certificates.find(({ publicKeySha256 }) => publicKeySha256 === sha256(half.bytes));
}
