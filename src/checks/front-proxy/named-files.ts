import type { CertificateFile } from '../../model.ts';

/** The files of the front proxy on the node; null where not each of them is a file there. */
export function namedFiles(
  ca: CertificateFile | null,
  cert: CertificateFile | null,
  key: { readonly hostPath: string | null } | null | undefined,
) {
  return ca?.hostPath && cert?.hostPath && key?.hostPath ? { ca: ca.hostPath, cert: cert.hostPath, key: key.hostPath } : null;
}
