/** Why kube-apiserver rejects a pod, and how to fix it, by its message: k8s.io/apiserver and k8s.io/pod-security-admission, v0.37. */
import type { ApiService, Fix } from '../../model.ts';
import { sh } from '../../sh.ts';

interface Refusal {
  readonly because: string;
  readonly fix: Fix;
}

/** `refused` is the message, `maker` is the workload that creates the pods (`KIND/NAME`). null: the message is of no known kind. */
export function refusalIn(refused: string, { service: { namespace, name } }: ApiService, maker: string): Refusal | null {
  if (/exceeded quota|failed quota/.test(refused))
    return {
      because: 'a ResourceQuota of the namespace is exhausted, or requires limits that the pod does not set',
      fix: {
        text: "Raise the quota, free some of it, or lower the pods' requests:",
        commands: [sh`kubectl -n ${namespace} describe resourcequota`],
      },
    };
  if (/violates PodSecurity/.test(refused))
    return {
      because: 'they violate the PodSecurity level of the namespace',
      fix: {
        text: 'Set the fields that the message names in the pod template. Lower the level that the namespace enforces only if the extension API server needs more privileges:',
        commands: [sh`kubectl get namespace ${namespace} --show-labels`],
        edits: { of: 'workload', commands: [sh`kubectl -n ${namespace} edit ${maker}    # securityContext`] },
      },
    };
  if (/serviceaccount "[^"]+" not found/.test(refused))
    return {
      because: 'their ServiceAccount does not exist',
      fix: {
        text: "Create the ServiceAccount in the message; it is part of the extension API server's installation, with its roles:",
        commands: [sh`kubectl -n ${namespace} get serviceaccounts`],
      },
    };
  const webhook = /(?:failed calling|admission) webhook "([^"]+)"/.exec(refused)?.[1];
  return webhook ? ofWebhook(webhook, refused, { namespace, name }) : null;
}

/** The webhook denies the pods, or does not answer: k8s.io/apiserver, pkg/admission/plugin/webhook/{errors,validating,mutating}, v0.37.2. */
function ofWebhook(webhook: string, refused: string, { namespace, name }: Pick<ApiService['service'], 'namespace' | 'name'>): Refusal {
  const find = sh`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o jsonpath='{range .items[*]}{.kind}/{.metadata.name}: {.webhooks[*].name} {.webhooks[*].clientConfig}{"\\n"}{end}' | grep -F ${webhook}`;
  const except = `\`namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [${namespace}]}]}\``;
  if (!refused.includes('failed calling webhook'))
    return {
      because: `admission webhook \`${webhook}\` denies them`,
      fix: {
        text: `Change what its message requires in the pod template, or exclude the namespace from it with ${except}. To find its configuration:`,
        commands: [find],
      },
    };
  const [, service, around] = /Post "https:\/\/([^./"]+)\.([^./"]+)\.svc[:/]/.exec(refused) ?? [];
  const itself = service === name && around === namespace;
  const unable = refused.includes('the server is currently unable to handle the request');
  const silent = `admission webhook \`${webhook}\` does not answer, and \`failurePolicy: Fail\` rejects everything without its answer`;
  return {
    because: itself ? `${silent}: its server is this extension API server, so each waits for the other` : silent,
    fix: {
      text: `Exclude the namespace from the webhook with ${except}${itself ? '' : ', or fix its server'}.${unable ? ' If its clientConfig names Service default/kubernetes, requests to it pass through the aggregation layer and wait for its own extension API server.' : ''} To find its configuration:`,
      commands: [find],
    },
  };
}
