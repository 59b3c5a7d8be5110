/** What the entries of a kubeconfig name: PEM text of files or Base64, and the roots that are trusted where they name none. */
import tls from 'node:tls';
import { readLocalFile } from '../local-file.ts';
import type { Observed } from '../model.ts';
import type { Environment } from './proxy.ts';

/** A file or Base64 as PEM text; null when the field is not set. */
export const material = async (
  file: string | undefined,
  data: string | undefined,
  what: string,
  from: string,
): Promise<Observed<string | null>> => {
  if (data !== undefined) return { ok: true, value: Buffer.from(data, 'base64').toString('latin1') };
  if (file === undefined) return { ok: true, value: null };
  try {
    return { ok: true, value: (await readLocalFile(file)).toString('latin1') };
  } catch (error) {
    return denied(`Cannot read the ${what} \`${file}\`, named in \`${from}\`: ${(error as Error).message}.`);
  }
};

/** Go trusts the system's bundle and Node.js its own: aggctl uses both (crypto/x509 root_linux.go of Go 1.26). */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
export async function systemRoots({ SSL_CERT_FILE }: Environment): Promise<string[]> {
  for (const file of SSL_CERT_FILE ? [SSL_CERT_FILE] : BUNDLES) {
    const bundle = await readLocalFile(file).catch(() => null);
    if (bundle) return [...tls.rootCertificates, bundle.toString('latin1')];
  }
  return [...tls.rootCertificates];
}

export const denied = (message: string): Extract<Observed<never>, { ok: false }> => ({ ok: false, why: 'denied', message });
