/** Why kube-apiserver refuses a pod, and what to do, by its words: k8s.io/apiserver and k8s.io/pod-security-admission, v0.37. */
import type { ApiService, Fix } from '../../model.ts';

interface Refusal {
  readonly because: string;
  readonly fix: Fix;
}

/** `refused` are the words, `maker` is what makes the pods (`KIND/NAME`). null: they are of no kind that is known here. */
export function refusalIn(refused: string, { service: { namespace, name } }: ApiService, maker: string): Refusal | null {
  if (/exceeded quota|failed quota/.test(refused))
    return {
      because: 'a ResourceQuota of the namespace is used up, or asks for limits that the pod does not have',
      fix: {
        text: 'Raise the quota, free some of it, or let the pods ask for less:',
        commands: [`kubectl -n ${namespace} describe resourcequota`, `kubectl -n ${namespace} edit resourcequota`],
      },
    };
  if (/violates PodSecurity/.test(refused))
    return {
      because: 'they violate the PodSecurity level of the namespace',
      fix: {
        text: 'Set in the pod template what the words name as missing; only where the extension server needs more, lower the level that the namespace enforces:',
        commands: [`kubectl -n ${namespace} edit ${maker}    # securityContext`, `kubectl get namespace ${namespace} --show-labels`],
      },
    };
  if (/serviceaccount "[^"]+" not found/.test(refused))
    return {
      because: 'their ServiceAccount does not exist',
      fix: {
        text: "Create the ServiceAccount that the words name; it is part of the extension server's installation, with its roles:",
        commands: [`kubectl -n ${namespace} get serviceaccounts`],
      },
    };
  const webhook = /(?:failed calling|admission) webhook "([^"]+)"/.exec(refused)?.[1];
  return webhook ? ofWebhook(webhook, refused, { namespace, name }) : null;
}

/** It decides against the pods, or does not answer: k8s.io/apiserver, pkg/admission/plugin/webhook/{errors,validating,mutating}, v0.37.2. */
function ofWebhook(webhook: string, refused: string, { namespace, name }: Pick<ApiService['service'], 'namespace' | 'name'>): Refusal {
  const find = `kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations -o jsonpath='{range .items[*]}{.kind}/{.metadata.name}: {.webhooks[*].name} {.webhooks[*].clientConfig}{"\\n"}{end}' | grep -F ${webhook}`;
  const except = `\`namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [${namespace}]}]}\``;
  if (!refused.includes('failed calling webhook'))
    return {
      because: `admission webhook \`${webhook}\` decides against them`,
      fix: {
        text: `Change in the pod template what its words ask for, or leave the namespace out of it by ${except}. The configuration that holds it:`,
        commands: [find],
      },
    };
  const [, service, around] = /Post "https:\/\/([^./"]+)\.([^./"]+)\.svc[:/]/.exec(refused) ?? [];
  const itself = service === name && around === namespace;
  const unable = refused.includes('the server is currently unable to handle the request');
  const silent = `admission webhook \`${webhook}\` does not answer, and without its answer nothing is admitted (\`failurePolicy: Fail\`)`;
  return {
    because: itself ? `${silent}: its server is this very extension server, so that each waits for the other` : silent,
    fix: {
      text: `Leave the namespace out of the webhook by ${except}${itself ? '' : ', or let its server answer'}.${unable ? ' Where its clientConfig names Service default/kubernetes it is asked through the aggregation layer, and waits for its own extension server.' : ''} The configuration that holds it:`,
      commands: [find],
    },
  };
}
