import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

export default defineCheck({
  id: 'user-name-empty',
  title: 'your user has a name',
  severity: 'error',
  modes: ['H01'],
  scope: 'cluster',
  needs: ['identity'],
  causes: { symptoms: ['apiservice-unavailable/rejects-user', 'apiservice-in-transition/rejects-user'] },
  explain: {
    looksAt: 'the user that kube-apiserver returns for a SelfSubjectReview',
    why: "kube-apiserver names the user in a request header. An extension API server that finds it empty takes the request for one without a front proxy, and tries the front proxy's certificate as a user's own.",
    kubernetes:
      'Built-in APIs work, because RBAC looks at the groups. Aggregated APIs answer 401 to this user alone, and Available stays True. Extension API servers log `verifying certificate … failed: x509: certificate signed by unknown authority`.',
    repair:
      'Give the user a name where the authenticator maps it: `username` in ConfigMap aws-auth, the username claim of OIDC, the answer of the webhook.',
    mirrors:
      'k8s.io/apiserver, pkg/authentication/request/headerrequest/requestheader.go, v0.37.2; kubernetes-sigs/aws-iam-authenticator, pkg/mapper, v0.7.2',
  },
  run({ identity }) {
    if (identity.user !== '') return [];
    return [
      {
        message: 'Aggregated APIs answer 401 to you: your user has no name, and kube-apiserver names the user to extension API servers.',
        at: { probe: 'SelfSubjectReview' },
        evidence: [`kube-apiserver returns an empty user name, with the groups ${list(identity.groups, { most: 3 }) || '(none)'}`],
        fix: {
          text: 'Give the user a name where it is mapped. On EKS, add `username` to its entry in ConfigMap aws-auth, or use an access entry; elsewhere check the username claim of OIDC or the answer of the authentication webhook:',
          commands: [sh`kubectl auth whoami`, sh`kubectl -n kube-system get configmap aws-auth -o yaml    # on EKS`],
        },
      },
    ];
  },
});
