import { defineCheck } from '../check.ts';
import { nameOf } from '../manifests/name.ts';
import { accountable, withoutBindings } from './accounts.ts';

export default defineCheck({
  id: 'delegator-binding-missing',
  title: 'the extension API server may create SubjectAccessReviews',
  severity: 'error',
  modes: [],
  scope: 'apiservice',
  hop: 'delegation',
  needs: ['apiService', 'delegation', 'manifests'],
  explain: {
    looksAt:
      "in manifests: whether the ClusterRoles bound to the ServiceAccount of the extension API server's pods let it create SubjectAccessReviews",
    why: 'An extension API server asks kube-apiserver whether a user may do what was requested. Without that right it answers only members of system:masters.',
    kubernetes:
      'Available is True, because the probe is a member of system:masters. Every other request gets 500 `subjectaccessreviews.authorization.k8s.io is forbidden`.',
    repair: 'Add a ClusterRoleBinding that binds ClusterRole system:auth-delegator to the ServiceAccount.',
    mirrors: 'k8s.io/apiserver, pkg/server/options/authorization.go and plugin/pkg/authorizer/webhook/webhook.go, v0.37.2',
  },
  run({ apiService, delegation, manifests }) {
    if (!delegation) return null;
    const workload = accountable(apiService, delegation, manifests);
    if (!workload || !delegation.reviewsMissing.includes('subjectaccessreviews')) return [];
    return [
      {
        message: `Only members of \`system:masters\` can use \`${apiService.group}/${apiService.version}\`: ServiceAccount \`${delegation.account}\` may not create SubjectAccessReviews.`,
        at: { object: nameOf(workload.object), field: `${workload.field}.serviceAccountName` },
        ...withoutBindings(manifests),
        fix: {
          text: `Add a ClusterRoleBinding that binds ClusterRole \`system:auth-delegator\` to ServiceAccount \`${delegation.account}\`.`,
        },
      },
    ];
  },
});
