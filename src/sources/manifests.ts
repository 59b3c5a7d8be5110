/** A source that answers from the objects of manifests, as if they were applied. What they do not hold is not known. */
import type { AnyQuestion, Ask } from '../model.ts';
import { unavailable } from './answer.ts';
import { foreignAnswer } from './foreign/ask.ts';
import type { Collection } from './foreign/collection.ts';
import type { Reader } from './foreign/holding.ts';
import type { KubernetesObject } from './foreign/objects.ts';

/** `now`: the time that it tells. */
export function manifestSource(objects: readonly KubernetesObject[], now: Date): Ask {
  const select: Collection['select'] = async (resource, namespace) => {
    const inside = objects.filter((one) => namespace === undefined || one.namespace === namespace);
    return { objects: inside.filter((one) => one.resource === resource), isWhole: isWhole(resource, inside), unread: null };
  };
  const nothing = { holdings: [], text: async () => notHere, twice: async () => null, unread: async () => [] };
  const ask = async (question: AnyQuestion) => {
    if (question.kind === 'connection') return notHere;
    const answer = await foreignAnswer({ ...nothing, select }, reader, { question, captured: now.toISOString() });
    return answer.ok || answer.why !== 'excluded' ? answer : notHere;
  };
  return ask as Ask;
}
const notHere = unavailable('excluded', 'not in these manifests');
const reader: Reader = { name: 'manifests', recognizes: () => true, holds: () => null };

const apiServices = 'apiregistration.k8s.io/v1/apiservices';
/** Of an extension API server its author holds these together: what is not among them does not exist. */
const together: readonly string[] = [
  apiServices,
  'apiextensions.k8s.io/v1/customresourcedefinitions',
  'discovery.k8s.io/v1/endpointslices',
  'rbac.authorization.k8s.io/v1/rolebindings',
  'rbac.authorization.k8s.io/v1/clusterrolebindings',
];
/** Who holds some pods of a namespace holds what makes the others. */
const ofPods: readonly string[] = ['v1/pods', 'apps/v1/deployments', 'apps/v1/statefulsets', 'apps/v1/daemonsets'];

const isWhole = (resource: string, inside: readonly KubernetesObject[]): boolean =>
  together.includes(resource) || (ofPods.includes(resource) && inside.some((one) => one.resource === 'v1/pods'));
