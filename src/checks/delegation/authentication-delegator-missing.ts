import { defineCheck } from '../../check.ts';
import { list } from '../../format.ts';

/** As RBAC and every other authorizer of kube-apiserver refuse it (k8s.io/apiserver, pkg/endpoints/handlers/responsewriters/errors.go). */
const forbidden = /subjectaccessreviews\.authorization\.k8s\.io is forbidden: User \\?"system:serviceaccount:([^:"\\]+):([^"\\]+)\\?"/;

export default defineCheck({
  id: 'authentication-delegator-missing',
  title: 'the extension server may ask kube-apiserver what its users may do',
  severity: 'error',
  scope: 'apiservice',
  hop: 'delegation',
  needs: ['apiService', 'failure', 'userRequest'],
  wants: ['authDelegators'],
  explain: {
    looksAt: 'the text of a 500 that the asking user gets from the extension server, and who is bound to ClusterRole system:auth-delegator',
    why: 'An extension server leaves it to kube-apiserver to say what a user may do. When it may not ask, nobody but members of system:masters gets an answer.',
    kubernetes:
      'Available stays True, for the probe asks as a member of system:masters, whom delegated authorization lets pass without a question. Every other request is answered 500 `subjectaccessreviews.authorization.k8s.io is forbidden`.',
    repair: "Bind ClusterRole system:auth-delegator to the ServiceAccount of the extension server's pods.",
    mirrors: 'k8s.io/apiserver, pkg/server/options/authorization.go and plugin/pkg/authorizer/webhook/webhook.go, v0.37.2',
  },
  run({ apiService, failure, userRequest, authDelegators }) {
    const text = failure ? failure.text : userRequest && (userRequest.status ?? 0) >= 500 ? userRequest.text : '';
    const [, namespace, name] = forbidden.exec(text) ?? [];
    if (!namespace || !name) return [];
    const bound = authDelegators ?? [];
    return [
      {
        message: `Nobody but members of \`system:masters\` can use \`${apiService.group}/${apiService.version}\`: the extension server's ServiceAccount \`${namespace}/${name}\` may not ask kube-apiserver what a user may do.`,
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
          text: 'Bind the ClusterRole that Kubernetes keeps for this; the extension server needs no restart:',
          commands: [
            `kubectl create clusterrolebinding ${namespace}-${name}-auth-delegator --clusterrole=system:auth-delegator --serviceaccount=${namespace}:${name}`,
          ],
        },
      },
    ];
  },
});
