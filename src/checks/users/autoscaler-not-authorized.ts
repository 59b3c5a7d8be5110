import { defineCheck } from '../../check.ts';
import { sh } from '../../sh.ts';
import { complaining, hasMetrics, namesOf, placeOf, those } from './autoscalers.ts';
import { accountOf, grantMetrics } from './grant-metrics.ts';

export default defineCheck({
  id: 'autoscaler-not-authorized',
  title: 'the HorizontalPodAutoscaler controller is allowed to read the metrics of this API',
  severity: 'error',
  modes: ['E05'],
  scope: 'apiservice',
  hop: 'request',
  needs: ['now', 'apiService', 'failure', 'autoscalersWithoutMetrics'],
  aspects: ['identity'],
  explain: {
    looksAt: 'the condition ScalingActive of HorizontalPodAutoscalers while their metrics API serves',
    why: 'The APIService is available for kube-apiserver and for administrators; the controller is another user, and needs rights of its own.',
    kubernetes:
      'ScalingActive is False: `X.external.metrics.k8s.io is forbidden: User "system:serviceaccount:kube-system:horizontal-pod-autoscaler" cannot list …`; `kubectl get hpa` shows `<unknown>`.',
    repair: 'Grant the ServiceAccount `get` and `list` on the API group with a ClusterRole and a ClusterRoleBinding.',
    mirrors:
      'kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go and plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go, v1.37.2',
  },
  run({ now, apiService, failure, autoscalersWithoutMetrics }) {
    if (!hasMetrics(apiService)) return null;
    if (failure) return [];
    const { name, group } = apiService;
    const refused = complaining(autoscalersWithoutMetrics, apiService, ['forbidden', 'rejected'], now);
    const users = [...new Set(refused.map((one) => one.refused?.user ?? ''))];
    return users.flatMap((user) => {
      const own = refused.filter((one) => (one.refused?.user ?? '') === user);
      const [first] = own;
      if (!first) return [];
      const lost = user === '' || user === 'system:anonymous';
      const { refused: refusal } = first;
      const account = accountOf(user);
      const who = account ? `ServiceAccount \`${account[1]}/${account[2]}\`` : `user \`${user}\``;
      return [
        {
          message: lost
            ? `${those(own, 'gets', 'get')} no metrics although \`${name}\` is available: the provider ${user === '' ? 'does not accept the controller (401)' : 'sees the controller as `system:anonymous`'}: ${namesOf(own)}.`
            : `${those(own, 'gets', 'get')} no metrics although \`${name}\` is available: no ClusterRole lets ${who} ${refusal?.verb || 'read'} \`${group}\`: ${namesOf(own)}.`,
          at: placeOf(first),
          evidence: [
            `\`${first.text}\``,
            ...(refusal?.missingRole ? [`a binding names ClusterRole \`${refusal.missingRole}\`, which does not exist`] : []),
          ],
          fix:
            lost || !refusal
              ? {
                  text: 'Grant no rights to `system:anonymous`. The name of the user is lost between kube-apiserver and the provider: check the front-proxy client certificate, and what the provider trusts:',
                  commands: [
                    sh`aggctl certs`,
                    sh`kubectl -n ${apiService.service.namespace} logs service/${apiService.service.name} --tail=50`,
                  ],
                }
              : grantMetrics(refusal, group),
          ...(lost && { aspect: 'identity' }),
        },
      ];
    });
  },
});
