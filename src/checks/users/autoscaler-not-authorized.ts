import { defineCheck } from '../../check.ts';
import type { Command, Fix, Refusal } from '../../model.ts';
import { sh } from '../../sh.ts';
import { complaining, hasMetrics, namesOf, placeOf, those } from './autoscalers.ts';

/** kubernetes/kubernetes, plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go, v1.37.2. */
const ofKubernetes = 'system:controller:horizontal-pod-autoscaler';

const accountOf = (user: string) => /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user);
/**
 * Prints whether kube-apiserver allows it. `kubectl auth can-i` says `no` of every resource that discovery does not list, as metrics are
 * (kubernetes/kubectl, pkg/cmd/auth/cani.go, v0.37.2; seen on 1.37.2).
 */
function asksFor({ user, verb, resource, namespace }: Refusal, group: string): Command {
  const [type = '*', subresource] = (resource || '*').split('/');
  const [, of] = accountOf(user) ?? [];
  const groups = ['system:authenticated', ...(of ? ['system:serviceaccounts', `system:serviceaccounts:${of}`] : [])];
  const attributes = { verb, group, resource: type, ...(subresource && { subresource }), ...(namespace && { namespace }) };
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: { user, groups, resourceAttributes: attributes },
  };
  return sh`printf %s ${JSON.stringify(review)} | kubectl create -f - -o jsonpath='{.status.allowed} {.status.reason}{"\\n"}'`;
}
function grant(refusal: Refusal, group: string): Fix {
  const { user } = refusal;
  const [, accountNamespace, account] = accountOf(user) ?? [];
  const role = `horizontal-pod-autoscaler-${group}`;
  const bind =
    accountNamespace && account
      ? sh`kubectl create clusterrolebinding ${role} --clusterrole=${role} --serviceaccount=${accountNamespace}:${account}`
      : sh`kubectl create clusterrolebinding ${role} --clusterrole=${role} --user=${user}`;
  const text = `Check what kube-apiserver says. If it answers \`true\`, the provider itself rejects the user: read its log. If it answers \`false\`, ClusterRole ${ofKubernetes} or its binding was changed: kube-apiserver restores both when it starts, unless they are annotated \`autoupdate: false\`.`;
  const grants = `${group === 'metrics.k8s.io' ? '' : ' Adapters bring a ClusterRole and a binding of their own, too (KEDA: keda-external-metrics-reader; prometheus-adapter: hpa-controller-custom-metrics).'} To grant it:`;
  return {
    text: text.replace(/\.$/, ':'),
    commands: [asksFor(refusal, group), sh`kubectl get clusterrole,clusterrolebinding ${ofKubernetes} --ignore-not-found`],
    edits: {
      // The ClusterRole for resource metrics is Kubernetes' own; those for the others come with the adapter.
      of: group === 'metrics.k8s.io' ? { owner: null } : 'apiService',
      heals: true,
      text: `${text}${grants}`,
      commands: [sh`kubectl create clusterrole ${role} --verb=get,list --resource=${`*.${group}`}`, bind],
    },
  };
}

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
              : grant(refusal, group),
          ...(lost && { aspect: 'identity' }),
        },
      ];
    });
  },
});
