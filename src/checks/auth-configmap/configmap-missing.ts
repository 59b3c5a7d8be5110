import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'configmap-missing',
  title: 'ConfigMap extension-apiserver-authentication exists',
  severity: 'error',
  modes: ['M01'],
  scope: 'cluster',
  needs: ['authConfigMap'],
  causes: { signatures: ['rejected', 'anonymous', 'configmap-lacks', 'no-request-header'], symptoms: ['user-groups-missing'] },
  explain: {
    looksAt: 'ConfigMap kube-system/extension-apiserver-authentication',
    why: 'Extension API servers read from it which CAs to trust. One that starts without it trusts no client certificate; a running one keeps what it has read.',
    kubernetes: 'Every running kube-apiserver recreates it within a second of its deletion.',
    repair: "Find out from kube-apiserver's log why it cannot write it: an admission webhook, or a read-only or full etcd.",
    mirrors:
      'kubernetes/kubernetes, pkg/controlplane/controller/clusterauthenticationtrust/cluster_authentication_trust_controller.go, v1.37.2',
  },
  run({ authConfigMap }) {
    if (authConfigMap !== null) return [];
    return [
      {
        message:
          'Extension API servers that start now trust no client certificate: ConfigMap `kube-system/extension-apiserver-authentication` does not exist.',
        at: { object: 'ConfigMap kube-system/extension-apiserver-authentication' },
        evidence: ['a running kube-apiserver normally recreates it within a second'],
        fix: {
          text: "Find out from kube-apiserver's log why it cannot write the ConfigMap:",
          commands: [
            sh`kubectl -n kube-system logs -l component=kube-apiserver --tail=-1 | grep -i 'authentication info\\|extension-apiserver-authentication'`,
          ],
        },
      },
    ];
  },
});
