import { defineCheck } from '../../check.ts';
import { renewAdminCredentials } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'client-credentials-expired',
  title: 'the credentials that aggctl shows are valid',
  severity: 'error',
  modes: [],
  scope: 'cluster',
  needs: ['ownCredentials', 'connection'],
  wants: ['distribution'],
  explain: {
    looksAt: "the client certificate or token of the kubeconfig's user, once kube-apiserver has refused it",
    why: 'kube-apiserver refuses expired credentials, so nothing that needs the API can be looked at, and nobody who uses this kubeconfig can work.',
    kubernetes:
      'kube-apiserver answers 401 Unauthorized. With kubeadm all leaf certificates expire together, a year after the last upgrade.',
    repair: 'Renew the credentials: with kubeadm on a control-plane node `kubeadm certs renew admin.conf`.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({ ownCredentials, connection, distribution }) {
    if (ownCredentials.expired === null) return [];
    return [
      {
        message: `kube-apiserver refuses you: ${ownCredentials.expired.slice(0, 1).toLowerCase()}${ownCredentials.expired.slice(1)}`,
        at: { file: connection.from },
        evidence: [`context ${connection.context || '(none)'}, server ${connection.server}`],
        fix: renewAdminCredentials(distribution),
      },
    ];
  },
});
