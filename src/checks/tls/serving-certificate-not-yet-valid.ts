import { sh } from '../../sh.ts';
import { servingCheck } from './serving-check.ts';

export default servingCheck({
  id: 'serving-certificate-not-yet-valid',
  title: "the extension API server's serving certificate is already valid",
  modes: ['T06'],
  kind: 'not-yet-valid',
  signature: 'serving-not-yet-valid',
  why: "Either its validity starts later, or the control-plane node's clock is behind the issuer's.",
  says: 'x509: certificate has expired or is not yet valid: current time … is before …',
  repair: 'Correct the clocks. Otherwise wait, or reissue the certificate.',
  say: (apiService, _, provider) => ({
    because: "by kube-apiserver's clock its extension API server's serving certificate is not valid yet",
    fix: {
      text: `Compare the clock of ${provider ? `${provider}'s control plane, in the Date of its answers,` : 'each control-plane node'} with a reliable one. If it is correct, wait until the certificate is valid, or reissue it for \`${apiService.service.name}.${apiService.service.namespace}.svc\`:`,
      commands: [
        provider ? sh`kubectl get --raw /version -v=8 2>&1 | grep -i ' date:'; date -u` : sh`timedatectl    # on each control-plane node`,
      ],
    },
  }),
});
