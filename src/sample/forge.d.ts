/** The part of node-forge that mints the sample's certificates; the package brings no types. */
declare module 'node-forge' {
  interface Certificate {
    publicKey: unknown;
    serialNumber: string;
    readonly validity: { notBefore: Date; notAfter: Date };
    setSubject(attributes: readonly object[]): void;
    setIssuer(attributes: readonly object[]): void;
    setExtensions(extensions: readonly object[]): void;
    sign(key: unknown, digest: unknown): void;
  }
  const forge: {
    readonly pki: {
      createCertificate(): Certificate;
      certificateToPem(certificate: Certificate): string;
      privateKeyFromPem(pem: string): unknown;
      publicKeyFromPem(pem: string): unknown;
    };
    readonly md: { readonly sha256: { create(): unknown } };
  };
  export default forge;
}
