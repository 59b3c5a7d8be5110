import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-signature-insecure',
  title: "the extension API server's serving certificate is signed with SHA-256 or better",
  modes: ['T10', 'V07'],
  kind: 'signature',
  signature: 'serving-signature',
  judges: ['sha1-refused', 'sha1-override-gone'],
  why: 'Go rejects signatures with SHA-1 and MD5.',
  says: '… x509: cannot verify signature: insecure algorithm SHA1-RSA …',
  repair: 'Reissue it with SHA-256; the CA can stay.',
  say: (apiService) => ({
    because: "its extension API server's certificate, or a CA between it and the caBundle, is signed with an insecure algorithm",
    fix: reissueServing(apiService, 'signed with SHA-256'),
  }),
});
