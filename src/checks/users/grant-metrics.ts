/** The rights of a client of a metrics API. */
import type { Command, Fix, Refusal } from '../../model.ts';
import { sh } from '../../sh.ts';

/** kubernetes/kubernetes, plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go, v1.37.2. */
const ofKubernetes = 'system:controller:horizontal-pod-autoscaler';

/** Namespace and name of a ServiceAccount; null: the user is none. */
export const accountOf = (user: string) => /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user);
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
/** How the user gets the right to read the metrics of a group. */
export function grantMetrics(refusal: Refusal, group: string): Fix {
  const { user } = refusal;
  const [, accountNamespace, account] = accountOf(user) ?? [];
  const role = `horizontal-pod-autoscaler-${group}`;
  const bind =
    accountNamespace && account
      ? sh`kubectl create clusterrolebinding ${role} --clusterrole=${role} --serviceaccount=${accountNamespace}:${account}`
      : sh`kubectl create clusterrolebinding ${role} --clusterrole=${role} --user=${user}`;
  const text = `Check what kube-apiserver says. If it answers \`true\`, the provider itself rejects the user: read its log. If it answers \`false\`, ClusterRole ${ofKubernetes} or its binding was changed: kube-apiserver restores both when it starts, unless they are annotated \`autoupdate: false\``;
  const grants = `${group === 'metrics.k8s.io' ? '' : 'Adapters bring a ClusterRole and a binding of their own, too (KEDA: keda-external-metrics-reader; prometheus-adapter: hpa-controller-custom-metrics). '}To grant it:`;
  return {
    text: `${text}:`,
    commands: [asksFor(refusal, group), sh`kubectl get clusterrole,clusterrolebinding ${ofKubernetes} --ignore-not-found`],
    edits: {
      // The ClusterRole for resource metrics is Kubernetes' own; those for the others come with the adapter.
      of: group === 'metrics.k8s.io' ? { owner: null } : 'apiService',
      heals: true,
      text: `${text}. ${grants}`,
      commands: [sh`kubectl create clusterrole ${role} --verb=get,list --resource=${`*.${group}`}`, bind],
    },
  };
}
