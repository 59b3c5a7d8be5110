import { defineCheck } from '../model.ts';
import { list } from '../wording.ts';

export default defineCheck({
  id: 'auth-delegator-missing',
  title: 'the extension server may ask kube-apiserver what its users may do',
  severity: 'error',
  scope: 'apiservice',
  hop: 'delegation',
  needs: ['apiService', 'failure', 'userRequest'],
  wants: ['delegation'],
  explain: {
    looksAt: 'whether a request comes back with the error of a review that kube-apiserver refused to the extension server',
    why: 'An extension server asks kube-apiserver by SubjectAccessReview before it answers a user. Where it may not ask, it refuses everybody but system:masters.',
    kubernetes:
      'Users get 500 `subjectaccessreviews.authorization.k8s.io is forbidden`; Available stays True, as the probe asks in system:masters, for whom nobody is asked. What it has just allowed it allows for 10 s more, from its cache.',
    repair: "Bind ClusterRole system:auth-delegator to the extension server's ServiceAccount.",
    mirrors: 'k8s.io/apiserver, pkg/authorization/authorizerfactory/delegating.go and plugin/pkg/authorizer/webhook/webhook.go, v0.37.2',
  },
  run({ apiService: { group, version, service }, failure, userRequest, delegation }) {
    const said = [failure?.text ?? '', (userRequest?.status ?? 0) >= 500 ? (userRequest?.text ?? '') : ''];
    const text = said.find((one) => /(?:subjectaccessreviews|tokenreviews)\.\S+ is forbidden/.test(one));
    if (!text) return [];
    const user =
      /User \\?"([^"\\]+)/.exec(text)?.[1] ?? (delegation ? `system:serviceaccount:${delegation.account.replace('/', ':')}` : 'USER');
    const [, account] = /^system:serviceaccount:(.+)$/.exec(user) ?? [];
    const whom = account ? `--serviceaccount=${account}` : `--user=${user}`;
    return [
      {
        message: `\`${group}/${version}\` fails for every user outside system:masters: its extension server, \`${user}\`, may not ask kube-apiserver what they may do.`,
        at: account ? { object: `ServiceAccount ${account.replace(':', '/')}` } : { probe: `GET /apis/${group}/${version}` },
        evidence: [
          `\`${text}\``,
          ...(delegation && delegation.reviewsMissing.length > 0
            ? [`no ClusterRoleBinding lets it create ${list(delegation.reviewsMissing)}`]
            : []),
          'Available does not show it: its probe asks in system:masters',
        ],
        fix: {
          text: 'Bind the ClusterRole that Kubernetes keeps for this; the extension server needs no restart:',
          commands: [
            `kubectl create clusterrolebinding ${service.namespace}:${service.name}:system:auth-delegator --clusterrole=system:auth-delegator ${whom}`,
          ],
        },
      },
    ];
  },
});
