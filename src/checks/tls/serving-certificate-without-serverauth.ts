import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-without-serverauth',
  title: "the extension server's serving certificate is for servers",
  kind: 'usage',
  signature: 'serving-usage',
  why: 'A certificate that lists extended key usages must list serverAuth, and so must each CA above it that lists any.',
  says: 'x509: certificate specifies an incompatible key usage',
  repair: 'Issue it with serverAuth, or without such a list.',
  say: (apiService) => ({
    because: 'the certificate of its extension server, or a CA above it, lists extended key usages without serverAuth',
    fix: reissueServing(apiService, 'with the extended key usage serverAuth'),
  }),
});
