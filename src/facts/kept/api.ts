/** Answers of the API → the fields that facts read of them. Pure. */
import { type Decoder, isObject, map, object, parseJson, string } from '../../decode.ts';
import type { Answer, Question } from '../../model.ts';
import { apiServiceObject, apiServicesPath } from '../apiservice/apiservice.ts';
import { definitionObject } from '../apiservice/custom-resources.ts';
import { policyObject } from '../apiservice/network-policies.ts';
import { nodeMetrics } from '../apiservice/nodes-with-metrics.ts';
import { workloadObject } from '../apiservice/pod-trouble.ts';
import { podObject } from '../apiservice/read-pod.ts';
import { secretObject } from '../apiservice/read-serving.ts';
import { configMapObject } from '../cluster/auth-configmap.ts';
import { autoscalerObject } from '../cluster/autoscalers-without-metrics.ts';
import { nodes } from '../cluster/evidence.ts';
import { selfSubjectReview } from '../cluster/identity.ts';
import { kubeadmObject } from '../cluster/kubeadm-config.ts';
import { mirrorPodObject } from '../cluster/mirror-pods.ts';
import { requestObject } from '../cluster/pending-certificates.ts';
import { namespaceObject } from '../cluster/stuck-namespaces.ts';
import { versionInfo } from '../cluster/version.ts';
import { accessReview, itemsOf, kubernetesObject, refusal } from '../shared/kubernetes.ts';
import { nodeTable } from '../shared/node-table.ts';
import { eventObject, groupDiscoveryList, resourceList, serviceObject, sliceObject } from '../shared/objects.ts';
import { roleObject } from '../shared/role-bindings.ts';
import { serverTable } from '../shared/server-table.ts';
import { keptDocument } from './document.ts';
import { keptLog } from './text.ts';
import { keptFlag, keptValue, keptWords, withheld } from './words.ts';

/** The items of an empty list are null where Go writes them, and are kept: without them it is no list. */
const listOf =
  (of: Decoder<unknown>): Decoder<unknown> =>
  (value) => ({ ...object({ kind: string })(value), items: itemsOf(of)(value) });
/** What every object may say of itself. */
const head = { kind: string, apiVersion: string };

/** The first row that a path matches tells which fields are read. What no row matches is read for its status alone. */
const rows: readonly (readonly [RegExp, Decoder<unknown>])[] = [
  [/^\/version$/, versionInfo],
  [/^\/apis$/, groupDiscoveryList],
  [/^\/flagz$/, object({ flags: map(string) })],
  [/^\/openapi\/v3$/, object({ paths: map(object({})) })],
  [/^\/api\/v1\/nodes\?includeObject=None/, nodeTable],
  [/^\/api\/v1\/nodes$/, nodes],
  [/^\/apis\/metrics\.k8s\.io\/[^/]+\/nodes$/, listOf(nodeMetrics)],
  [/\/certificatesigningrequests$/, listOf(requestObject)],
  [/^\/api\/v1\/namespaces$/, listOf(namespaceObject)],
  [/^\/api\/v1\/namespaces\/[^/]+$/, kubernetesObject],
  [/\/configmaps\/extension-apiserver-authentication$/, configMapObject],
  [/\/configmaps\/kubeadm-config$/, kubeadmObject],
  [/\/namespaces\/[^/]+\/secrets\/[^/]+$/, secretObject],
  [/\/namespaces\/[^/]+\/services$/, listOf(serviceObject)],
  [/\/namespaces\/[^/]+\/services\/[^/]+$/, serviceObject],
  [/\/events$/, listOf(eventObject)],
  [/\/endpointslices$/, listOf(sliceObject)],
  [/\/kube-system\/pods\?labelSelector=(?:component|k8s-app)%3Dkube-apiserver/, listOf(mirrorPodObject)],
  [/\/pods$/, listOf(podObject)],
  [/\/(?:deployments|statefulsets|daemonsets)$/, listOf(workloadObject)],
  [/\/networkpolicies$/, listOf(policyObject)],
  [/\/horizontalpodautoscalers$/, listOf(autoscalerObject)],
  [new RegExp(`^${apiServicesPath}$`), listOf(apiServiceObject)],
  [/\/customresourcedefinitions$/, listOf(kubernetesObject)],
  [/\/customresourcedefinitions\/[^/]+$/, definitionObject],
  [/\/(?:cluster)?roles\/[^/]+$/, roleObject],
  [/\/(?:cluster)?rolebindings$/, serverTable],
  [/\/selfsubjectreviews$/, selfSubjectReview],
  [/\/selfsubjectaccessreviews$/, accessReview],
  [/^\/apis\/[^/]+\/[^/]+$/, resourceList],
];

/** So much is quoted of what is no object of Kubernetes. */
const quoted = 300;

/** The answer to a question, with what is read of its text. */
export function keptAnswer({ path }: Question['api'], answer: Answer['api']): Answer['api'] {
  const resource = path.split('?')[0] ?? '';
  const good = answer.status >= 200 && answer.status < 300;
  if (good && resource.endsWith('/log')) return { ...answer, text: keptLog(answer.text) };
  // The live source keeps the lines that are read.
  if (good && resource === '/metrics') return answer;
  // Only whether it is a document is read.
  if (good && resource.startsWith('/openapi/v3/'))
    return { ...answer, text: /^\s*\{/.test(answer.text) ? '{' : answer.text.slice(0, quoted) };
  const value = parseJson(answer.text);
  if (!isObject(value)) return { ...answer, text: answer.text.slice(0, quoted) };
  const row = rows.find(([pattern]) => pattern.test(pattern.source.includes('\\?') ? path : resource));
  const decoded = good ? row?.[1](value) : refusal(value);
  return { ...answer, text: `${JSON.stringify(masked({ ...object(head)(value), ...(isObject(decoded) && decoded) }))}\n` };
}

/** The words of a refusal that are read. */
export function keptRefusal(text: string): string {
  const said = refusal(parseJson(text));
  return said ? JSON.stringify(said) : text.slice(0, quoted);
}

/** Words of command lines, variables and documents within an object, as they are kept elsewhere. */
function masked(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    if (/^(?:command|args)$/.test(key)) return keptWords(value.map(String));
    return value.map((item) =>
      key === 'env' && isObject(item) && typeof item.value === 'string'
        ? { ...item, value: keptValue(String(item.name), item.value) }
        : masked(item),
    );
  }
  if (key === 'flags' && isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, keptFlag(name, String(text))]));
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner, name)]));
  if (key === 'ClusterConfiguration') return keptDocument(String(value)) ?? withheld(String(value));
  return value;
}
