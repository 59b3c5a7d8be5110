import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-without-serverauth',
  title: "the extension API server's serving certificate allows server authentication",
  modes: ['T04'],
  kind: 'usage',
  signature: 'serving-usage',
  why: 'A certificate that lists extended key usages must list serverAuth, and so must each CA above it that lists any.',
  says: 'x509: certificate specifies an incompatible key usage',
  repair: 'Issue it with serverAuth, or without extended key usages.',
  say: (apiService) => ({
    because: "its extension API server's certificate, or a CA above it, lists extended key usages without serverAuth",
    fix: reissueServing(apiService, 'with the extended key usage serverAuth'),
  }),
});
