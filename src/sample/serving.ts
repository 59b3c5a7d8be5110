/** The sample's serving certificate: a new one, or the existing one. The CA's private key is discarded after signing. */
import { createHash, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import forge from 'node-forge';

/** PEM. */
export interface Serving {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** Identifies the certificate in the pod template: a new certificate means a new pod. */
  readonly fingerprint: string;
}

const DAY = 86_400_000;
/** Long enough for a lesson, and short enough not to be worth stealing. */
const LIFETIME = 30 * DAY;
/** Clocks of nodes may be behind this one. */
const BACKDATED = DAY;
/** The lifetime that a reused certificate must have left. */
const LEFT = 7 * DAY;

/** A CA and a certificate that it signs for `serverName`, as in `api.wardle.svc`, RSA 2048; `now` is the server's time. */
export function mint(serverName: string, now: Date): Serving {
  const authority = keyPair();
  const own = keyPair();
  const name = (commonName: string) => [{ name: 'commonName', value: commonName }];
  const issue = (subject: string, publicKey: string, extensions: object[]): string => {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
    // Positive whatever the first byte is.
    certificate.serialNumber = `01${randomBytes(15).toString('hex')}`;
    certificate.validity.notBefore = new Date(now.getTime() - BACKDATED);
    certificate.validity.notAfter = new Date(now.getTime() + LIFETIME);
    certificate.setSubject(name(subject));
    certificate.setIssuer(name('wardle-ca'));
    certificate.setExtensions(extensions);
    certificate.sign(forge.pki.privateKeyFromPem(authority.privateKey), forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate).replaceAll('\r', '');
  };
  const names = [serverName, serverName.replace(/\.svc$/, ''), `${serverName}.cluster.local`];
  const ca = issue('wardle-ca', authority.publicKey, [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const certificate = issue(serverName, own.publicKey, [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
  ]);
  return { ca, certificate, key: own.privateKey, fingerprint: fingerprintOf(certificate) };
}

function keyPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

/**
 * The public half of what the sample's Secret holds, if it is valid for `serverName` for a while; null: create a new one. The key stays in the Secret.
 */
export function usable(data: Readonly<Record<string, string>>, serverName: string, now: Date): Omit<Serving, 'key'> | null {
  const text = (field: string) => Buffer.from(data[field] ?? '', 'base64').toString();
  const [ca, certificate] = [text('ca.crt'), text('tls.crt')];
  try {
    const [signer, leaf] = [new X509Certificate(ca), new X509Certificate(certificate)];
    const ends = Math.min(Date.parse(signer.validTo), Date.parse(leaf.validTo));
    const serves = leaf.checkHost(serverName) !== undefined && leaf.verify(signer.publicKey) && ends - now.getTime() > LEFT;
    return serves ? { ca, certificate, fingerprint: fingerprintOf(certificate) } : null;
  } catch {
    // No certificate, or none that can be read.
    return null;
  }
}

const fingerprintOf = (pem: string): string => createHash('sha256').update(pem).digest('hex').slice(0, 16);
