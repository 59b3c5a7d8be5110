/** What else lies in a namespace: its deletion would take that along. */
import { get } from '../facts/kubernetes.ts';
import type { Ask, Observed } from '../model.ts';
import { owner } from './plan.ts';

interface Resource {
  readonly name: string;
  readonly namespaced?: boolean;
  readonly kind: string;
  readonly verbs?: readonly string[];
}
interface Item {
  readonly metadata?: {
    readonly name?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly object[];
    readonly creationTimestamp?: string;
  };
}

/** Names only, as in `ConfigMap notes`: no content is asked for, Secrets' least of all. */
const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Every object that is neither the sample's, nor made by a controller for an object, nor in every namespace anyway. */
export async function foreignIn(source: Ask, namespace: string): Promise<Observed<readonly string[]>> {
  const groups = await get<{ readonly groups?: readonly { readonly preferredVersion?: { readonly groupVersion?: string } }[] }>(
    source,
    '/apis',
  );
  if (!groups.ok) return groups;
  const roots = ['/api/v1', ...(groups.value?.groups ?? []).map(({ preferredVersion }) => `/apis/${preferredVersion?.groupVersion}`)];
  const found = await Promise.all(roots.map((root) => inGroup(source, root, namespace)));
  const failure = found.find((one) => !one.ok);
  return failure && !failure.ok ? failure : { ok: true, value: found.flatMap((one) => (one.ok ? one.value : [])) };
}

async function inGroup(source: Ask, root: string, namespace: string): Promise<Observed<readonly string[]>> {
  const answer = await get<{ readonly resources?: readonly Resource[] }>(source, root);
  // A group whose extension server is down holds nothing that this deletion could reach.
  if (!answer.ok) return answer.why === 'unreachable' ? { ok: true, value: [] } : answer;
  const resources = (answer.value?.resources ?? []).filter(
    ({ name, namespaced, verbs = [], kind }) =>
      namespaced && !name.includes('/') && verbs.includes('list') && verbs.includes('delete') && !transient.includes(kind),
  );
  const lists = await Promise.all(
    resources.map(async ({ name, kind }) => ({
      kind,
      items: await get<{ readonly items?: readonly Item[] }>(source, `${root}/namespaces/${namespace}/${name}`, metadataOnly),
    })),
  );
  const unseen = lists.find(({ items }) => !items.ok && items.why === 'denied')?.items;
  if (unseen && !unseen.ok) return unseen;
  const names = ({ kind, items }: (typeof lists)[number]) =>
    ((items.ok && items.value?.items) || []).filter((item) => isForeign(kind, item)).map(({ metadata }) => `${kind} ${metadata?.name}`);
  return { ok: true, value: lists.flatMap(names) };
}

/** Made and dropped by the machinery itself. */
const transient: readonly string[] = ['Event', 'Lease', 'Endpoints', 'EndpointSlice', 'PodMetrics'];
const everywhere: readonly string[] = ['ConfigMap kube-root-ca.crt', 'ServiceAccount default', 'ConfigMap openshift-service-ca.crt'];

const isForeign = (kind: string, { metadata = {} }: Item): boolean =>
  metadata.labels?.[owner.label] !== owner.value && !metadata.ownerReferences?.length && !everywhere.includes(`${kind} ${metadata.name}`);
