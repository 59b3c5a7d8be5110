/** Go's judgement of the name that a certificate must be for. */
import type { ChainFault } from '../model.ts';
import type { X509 } from './certificate.ts';

/**
 * null when the certificate is for this DNS name, else Go's text. The Common Name never counts. Mirrors `VerifyHostname` and
 * `HostnameError.Error` (crypto/x509/verify.go, Go 1.26) for names; an IP address is not asked for by kube-apiserver.
 */
export function hostnameFault({ certificate, extensions }: X509, host: string): ChainFault | null {
  const names = extensions.alternativeNames?.dns ?? [];
  const valid = isHostname(host.replace(/\.$/, ''));
  if (names.some((name) => (valid && isHostname(name, true) ? matches(name, host) : isSame(name, host)))) return null;
  return {
    kind: 'hostname',
    text: `x509: certificate ${said(certificate.commonName, names, extensions.alternativeNames === null, host)}`,
    above: false,
  };
}

function said(commonName: string, names: readonly string[], withoutNames: boolean, host: string): string {
  if (withoutNames && matches(commonName, host)) return 'relies on legacy Common Name field, use SANs instead';
  if (names.length >= 100) return `is valid for ${names.length} names, but none matched ${host}`;
  const valid = names.join(', ');
  return valid === '' ? `is not valid for any names, but wanted to match ${host}` : `is valid for ${valid}, not ${host}`;
}

const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const isSame = (name: string, host: string) => name !== '' && name !== '.' && lower(name) === lower(host);

/** Labels of letters, digits, `_`, and `-` but not at the beginning; of a pattern the first may be `*`. */
const isHostname = (name: string, pattern = false): boolean =>
  name !== '*' && name.split('.').every((label, i) => (pattern && i === 0 && label === '*') || /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(label));

/** `*` stands for one label, and only the first. */
function matches(pattern: string, host: string): boolean {
  const [labels, wanted] = [lower(pattern).split('.'), lower(host).replace(/\.$/, '').split('.')];
  return pattern !== '' && labels.length === wanted.length && labels.every((label, i) => (i === 0 && label === '*') || label === wanted[i]);
}
