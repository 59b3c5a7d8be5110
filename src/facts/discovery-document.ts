/** Discovery: what an extension server tells of a group version, and what kube-apiserver publishes of it. */
import type { ApiService, Ask, DiscoveryDocument, Observed, PublishedVersion } from '../model.ts';
import { get } from './shared/kubernetes.ts';

interface ResourceList {
  readonly kind?: string;
  readonly resources?: readonly { readonly name?: string; readonly namespaced?: boolean; readonly verbs?: readonly string[] }[] | null;
}

/**
 * A good answer's text → what clients read in it. Another `groupVersion` than the APIService's does no harm: resources are filed under
 * the APIService's (seen on 1.35.4, 1.36.3 and 1.37.2).
 */
export function readDocument(status: number, text: string, contentType = ''): DiscoveryDocument {
  if (text.trim() === '') return { fault: `${status} without a body` };
  const document = asJson(text);
  if (document?.kind === 'APIResourceList') {
    return {
      resources: (document.resources ?? []).map(({ name = '', namespaced = false, verbs = [] }) => ({ name, namespaced, verbs })),
    };
  }
  const start = JSON.stringify(text.trim().slice(0, 60));
  if (document === null) return { fault: `${status} with ${contentType || 'a body'} that is not JSON: ${start}` };
  return { fault: `${status} with ${document.kind ? `kind ${document.kind}` : 'JSON without a kind'}: ${start}` };
}
function asJson(text: string): ResourceList | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return null;
  }
}

const aggregated = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
interface GroupDiscoveryList {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string };
    readonly versions?: readonly {
      readonly version?: string;
      readonly freshness?: string;
      readonly resources?: readonly { readonly resource?: string }[];
    }[];
  }[];
}

/** What kube-apiserver publishes of the groups of these APIServices; v2 is served from 1.30 on. */
export async function readPublished(ask: Ask, services: readonly ApiService[]): Promise<Observed<readonly PublishedVersion[] | null>> {
  if (services.length === 0) return { ok: true, value: null };
  const answer = await get<GroupDiscoveryList>(ask, '/apis', aggregated);
  // An older snapshot does not hold it, an older kube-apiserver does not know it (406): nobody asked.
  if (!answer.ok) return answer.why === 'denied' ? answer : { ok: true, value: null };
  const groups = new Set(services.map(({ group }) => group));
  const value = (answer.value?.items ?? []).flatMap(({ metadata: { name: group = '' } = {}, versions = [] }) =>
    groups.has(group)
      ? versions.map(({ version = '', freshness, resources = [] }) => ({
          group,
          version,
          stale: freshness === 'Stale',
          resources: resources.map(({ resource = '' }) => resource),
        }))
      : [],
  );
  return { ok: true, value };
}
