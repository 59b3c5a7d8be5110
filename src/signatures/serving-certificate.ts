/** What Go says of an extension server's serving certificate (crypto/x509). */
import type { FailureSignature } from '../model.ts';

/** Of a certificate above it Go only hints, in quotes, and with the name of the CA behind. */
const signing = (because: RegExp): RegExp =>
  new RegExp(`^x509: (?:certificate signed by unknown authority \\(possibly because of "x509: )?(?:${because.source})`);

export const servingCertificateRows: readonly FailureSignature[] = [
  {
    // kube-apiserver looks at the dates, then the name, then the signatures, then the usage: the first that is wrong is what it says.
    kind: 'serving-expired',
    matches: /^x509: certificate has expired or is not yet valid: current time \S+ is after /,
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'expired',
    meaning: "the extension API server's serving certificate, or a CA above it, has expired",
    next: 'issue a new serving certificate; if its own dates are valid, renew the CA in `spec.caBundle`',
  },
  {
    kind: 'serving-not-yet-valid',
    matches: /^x509: certificate has expired or is not yet valid: current time \S+ is before /,
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'not yet valid',
    meaning: "by kube-apiserver's clock the extension API server's serving certificate, or a CA above it, is not valid yet",
    next: "compare kube-apiserver's clock with the issuer's",
  },
  {
    kind: 'serving-names',
    matches:
      /^x509: (?:certificate (?:is valid for .*, not \S+$|is not valid for any names|relies on legacy Common Name)|cannot validate certificate for \S+ because it doesn't contain any IP SANs)/s,
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'wrong name',
    meaning: "the extension API server's serving certificate is not valid for the Service's name",
    next: 'issue a serving certificate whose SAN is `SERVICE.NAMESPACE.svc`',
  },
  {
    kind: 'serving-usage',
    matches: /^x509: certificate specifies an incompatible key usage/,
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'wrong usage',
    meaning: "the extension API server's serving certificate, or a CA above it, does not allow server authentication",
    next: 'issue a serving certificate with the extended key usage serverAuth',
  },
  {
    kind: 'serving-signature',
    matches: signing(/cannot verify signature: insecure algorithm/),
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'weak signature',
    meaning: "the extension API server's serving certificate has a signature algorithm that Go no longer accepts",
    next: 'reissue the serving certificate with SHA-256',
  },
  {
    kind: 'ca-cannot-sign',
    matches: signing(
      /invalid signature: parent certificate cannot sign|[^"]{0,200}not authorized to sign|too many intermediates for path length/,
    ),
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'no CA',
    meaning: 'a certificate in `spec.caBundle`, or between it and the serving certificate, is not allowed to sign it',
    next: 'check basicConstraints, keyUsage and name constraints of the CA',
  },
  {
    kind: 'unknown-authority',
    matches: /^x509: certificate signed by unknown authority/,
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'unknown authority',
    meaning: "the extension API server's serving certificate is not signed by the CA in `spec.caBundle`",
    next: 'compare the issuer of the serving certificate with `spec.caBundle`',
  },
  {
    kind: 'serving-certificate',
    matches:
      /^x509: |^tls: (?:failed to parse certificate from server|server's certificate contains an unsupported type|invalid signature by the server certificate)/,
    hop: 'TLS',
    side: 'way',
    ofCertificate: true,
    short: 'bad certificate',
    meaning: "kube-apiserver does not accept the extension API server's serving certificate",
    next: 'issue a serving certificate whose SAN is `SERVICE.NAMESPACE.svc` and that is valid now',
  },
];
