import { defineCheck } from '../../check.ts';
import { renewAdminCredentials } from '../../distributions/fixes.ts';

export default defineCheck({
  id: 'client-credentials-expired',
  title: 'the credentials in your kubeconfig have not expired',
  severity: 'error',
  modes: [],
  scope: 'cluster',
  needs: ['clientCredentials', 'connection'],
  wants: ['distribution'],
  explain: {
    looksAt: "the client certificate or token of your kubeconfig's user, once kube-apiserver has rejected it",
    why: 'kube-apiserver rejects expired credentials: aggctl cannot check anything that needs the API, and nobody can use this kubeconfig.',
    kubernetes:
      'kube-apiserver answers 401 Unauthorized. With kubeadm, all leaf certificates expire together, a year after the last upgrade.',
    repair: 'Renew the credentials. With kubeadm, run `kubeadm certs renew admin.conf` on a control-plane node.',
    mirrors: 'k8s.io/apiserver, pkg/authentication/request/x509/x509.go, v0.37.2',
  },
  run({ clientCredentials, connection, distribution }) {
    if (clientCredentials.expired === null) return [];
    return [
      {
        message: `kube-apiserver rejects your credentials: ${clientCredentials.expired.slice(0, 1).toLowerCase()}${clientCredentials.expired.slice(1)}`,
        at: { file: connection.from },
        evidence: [`context ${connection.context || '(none)'}, server ${connection.server}`],
        fix: renewAdminCredentials(distribution),
      },
    ];
  },
});
