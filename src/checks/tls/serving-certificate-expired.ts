import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-expired',
  title: "the extension API server's serving certificate has not expired",
  modes: ['T05', 'T20'],
  kind: 'expired',
  signature: 'serving-expired',
  why: 'kube-apiserver closes the connection before it sends a request. Open connections keep working, so the fault may appear days later, at the next restart.',
  says: 'x509: certificate has expired or is not yet valid: current time … is after …',
  repair: 'Renew the certificate, and find out why it was not renewed in time.',
  say: (apiService) => ({
    because: "its extension API server's serving certificate has expired",
    fix: reissueServing(apiService, 'that is valid now'),
  }),
});
