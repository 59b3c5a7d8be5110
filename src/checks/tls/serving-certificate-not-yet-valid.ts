import { servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-not-yet-valid',
  title: "the extension server's serving certificate is valid already",
  kind: 'not-yet-valid',
  signature: 'serving-not-yet-valid',
  why: 'Either it was issued for later, or the clock of the control-plane node is behind that of the issuer.',
  says: 'x509: certificate has expired or is not yet valid: current time … is before …',
  repair: 'Set the clocks right; else wait, or issue it anew.',
  say: (apiService) => ({
    because: "by kube-apiserver's clock the serving certificate of its extension server is not valid yet",
    fix: {
      text: `Compare the clock of each control-plane node with a good one; where they are right, wait until the certificate is valid, or issue it anew for \`${apiService.service.name}.${apiService.service.namespace}.svc\`:`,
      commands: ['timedatectl    # on each control-plane node'],
    },
  }),
});
