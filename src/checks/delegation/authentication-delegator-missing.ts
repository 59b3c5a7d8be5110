import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';
import { sh } from '../../sh.ts';

/** The message with which kube-apiserver's authorizers reject it (k8s.io/apiserver, pkg/endpoints/handlers/responsewriters/errors.go). */
const forbidden = /subjectaccessreviews\.authorization\.k8s\.io is forbidden: User \\?"system:serviceaccount:([^:"\\]+):([^"\\]+)\\?"/;

export default defineCheck({
  id: 'authentication-delegator-missing',
  title: 'the extension API server can send SubjectAccessReviews to kube-apiserver',
  severity: 'error',
  modes: ['R03', 'R11'],
  scope: 'apiservice',
  hop: 'delegation',
  needs: ['apiService', 'failure', 'userRequest'],
  wants: ['authDelegators'],
  causes: { signatures: ['users-not-authorized'], symptoms: ['user-request-fails'] },
  explain: {
    looksAt:
      "the message of a 500 that aggctl's user gets from the extension API server, and the subjects bound to ClusterRole system:auth-delegator",
    why: 'An extension API server delegates authorization to kube-apiserver. Without the right to ask, it answers only members of system:masters.',
    kubernetes:
      'Available stays True, because the probe is a member of system:masters, and delegated authorization sends no review for that group. Every other request gets 500 `subjectaccessreviews.authorization.k8s.io is forbidden`.',
    repair: "Bind ClusterRole system:auth-delegator to the ServiceAccount of the extension API server's pods.",
    mirrors: 'k8s.io/apiserver, pkg/server/options/authorization.go and plugin/pkg/authorizer/webhook/webhook.go, v0.37.2',
  },
  run({ apiService, failure, userRequest, authDelegators }) {
    const text = failure ? failure.text : userRequest && (userRequest.status ?? 0) >= 500 ? userRequest.text : '';
    const found = forbidden.exec(text);
    if (!found) return [];
    const [, namespace = '', name = ''] = found;
    const bound = authDelegators ?? [];
    return [
      {
        message: `Only members of \`system:masters\` can use \`${apiService.group}/${apiService.version}\`: the extension API server's ServiceAccount \`${namespace}/${name}\` may not create SubjectAccessReviews.`,
        at: { object: `ServiceAccount ${namespace}/${name}` },
        evidence: [
          `\`${text}\``,
          ...(bound.length > 0
            ? [
                `bound to ClusterRole system:auth-delegator: ${list(
                  bound.map(({ binding, accounts }) => `${list(accounts)} by ${binding}`),
                  { most: 4 },
                )}`,
              ]
            : authDelegators
              ? ['no ClusterRoleBinding grants system:auth-delegator to a ServiceAccount']
              : []),
        ],
        fix: {
          text: 'Bind the ClusterRole that Kubernetes provides for this. The extension API server needs no restart:',
          commands: [
            sh`kubectl create clusterrolebinding ${namespace}-${name}-auth-delegator --clusterrole=system:auth-delegator --serviceaccount=${namespace}:${name}`,
          ],
        },
      },
    ];
  },
});
