import { reissueServing, servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-expired',
  title: "the extension server's serving certificate has not expired",
  kind: 'expired',
  signature: 'serving-expired',
  why: 'kube-apiserver ends the connection before it sends anything. A connection that was open before goes on, so the fault may show days later, at the next restart.',
  says: 'x509: certificate has expired or is not yet valid: current time … is after …',
  repair: 'Renew the certificate, and see why nothing renewed it.',
  say: (apiService) => ({
    because: 'the serving certificate of its extension server has expired',
    fix: reissueServing(apiService, 'that is valid now'),
  }),
});
