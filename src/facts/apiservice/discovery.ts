import { apiPath } from '../../api-path.ts';
import { parseJson } from '../../decode.ts';
import type { ApiService, Ask, Discovery, DiscoveryDocument, Observed } from '../../model.ts';
import { user } from '../cluster/identity.ts';
import { fact } from '../engine/declare.ts';
import { messageOf } from '../shared/kubernetes.ts';
import { resourceList } from '../shared/objects.ts';
import { apiservice } from './apiservice.ts';

/** What a GET of /apis/GROUP/VERSION through kube-apiserver gives. */
export const discovery = fact({
  name: 'discovery',
  of: apiservice,
  needs: { user },
  read: ({ user }, ask, one) => discover(ask, one, user),
});

/**
 * GETs /apis/GROUP/VERSION as a user does. A 403 that names the asking user is no answer: kube-apiserver authorizes a request before
 * it proxies it, and refuses it in the same words as the extension server would. Nor is a 429 that may be its own.
 */
export async function discover(
  ask: Ask,
  service: ApiService,
  user: string | null,
  where: { readonly server?: string; readonly nth?: number } = {},
): Promise<Observed<Discovery>> {
  const path = apiPath`/apis/${service.group}/${service.version}`;
  const answer = await ask({ kind: 'api', method: 'GET', path, ...where });
  if (!answer.ok) return answer;
  const { status, text, headers, ms } = answer.value;
  const message = status >= 200 && status < 300 ? 'answers' : messageOf(text);
  if (status === 403 && (user === null || message.includes(`User "${user}"`) || message.includes(`User \\"${user}\\"`))) {
    return { ok: false, why: 'denied', message: `GET ${path}: ${message}` };
  }
  if (status === 429 && mayBeOfKubeApiserver(text, headers))
    return { ok: false, why: 'unreachable', message: `GET ${path} was rejected, apparently by kube-apiserver itself: 429 ${message}` };
  const ok = status >= 200 && status < 300;
  const document = ok ? readDocument(status, text, headers['content-type']) : null;
  return { ok: true, value: { status, text: message.replace(/^"|\\n"$|"$/g, '').replaceAll('\\"', '"'), ok, document, ms } };
}

/**
 * What k8s.io/apiserver says of too many requests, whether it runs as kube-apiserver or as an extension server. kube-apiserver names the
 * FlowSchema of each request that it proxies; an extension server with priority and fairness adds its own
 * (k8s.io/apiserver, pkg/server/filters/priority-and-fairness.go, v0.37.2).
 */
const mayBeOfKubeApiserver = (text: string, headers: Readonly<Record<string, string>>): boolean =>
  text.trim() === 'Too many requests, please try again later.' && !headers['x-kubernetes-pf-flowschema-uid']?.includes(',');

/**
 * A good answer's text → what clients read in it. Another `groupVersion` than the APIService's does no harm: resources are filed under
 * the APIService's (seen on 1.35.4, 1.36.3 and 1.37.2).
 */
function readDocument(status: number, text: string, contentType = ''): DiscoveryDocument {
  if (text.trim() === '') return { fault: `${status} without a body` };
  const json = parseJson(text);
  const document = json === undefined ? null : (resourceList(json) ?? {});
  if (document?.kind === 'APIResourceList') {
    return {
      resources: (document.resources ?? []).map(({ name = '', namespaced = false, verbs = [] }) => ({ name, namespaced, verbs })),
    };
  }
  if (document === null) {
    return { fault: `${status} with ${contentType || 'a body'} that is not JSON: ${JSON.stringify(text.trim().slice(0, 60))}` };
  }
  return { fault: `${status} with ${document.kind ? `kind ${document.kind}` : 'JSON without a kind'}` };
}
