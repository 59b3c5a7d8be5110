import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-signature-insecure',
  title: "the extension server's serving certificate is signed with SHA-256 or better",
  kind: 'signature',
  signature: 'serving-signature',
  why: 'Go refuses signatures with SHA-1 and MD5.',
  says: '… x509: cannot verify signature: insecure algorithm SHA1-RSA …',
  repair: 'Issue it anew with SHA-256; the CA can stay.',
  say: (apiService) => ({
    because:
      'the certificate of its extension server, or a CA between it and the caBundle, is signed with an algorithm that is no longer safe',
    fix: reissueServing(apiService, 'signed with SHA-256'),
  }),
});
