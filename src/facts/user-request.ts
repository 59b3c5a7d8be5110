/** A request as any user makes it: for one object that does not exist, never for a list. */
import type { ApiService, Ask, Discovery, Observed, UserRequest } from '../model.ts';
import { messageOf, review } from './kubernetes.ts';

/**
 * GETs the object `aggctl-probe`: a sound extension server answers 404. A 403 is compared with what kube-apiserver itself says of the user's
 * rights, which it checks before it proxies. null: no resource can be got by name.
 */
export async function requestAsUser(
  [first, second]: readonly [Ask, Ask],
  { group, version }: ApiService,
  { document }: Discovery,
): Promise<Observed<UserRequest | null>> {
  const resources = document && 'resources' in document ? document.resources : [];
  const resource = resources.find(({ name, verbs }) => !name.includes('/') && verbs.includes('get'));
  if (!resource) return { ok: true, value: null };
  const { name, namespaced } = resource;
  const path = `/apis/${group}/${version}/${namespaced ? 'namespaces/default/' : ''}${name}/aggctl-probe`;
  const answer = await first({ kind: 'api', method: 'GET', path });
  // An older snapshot does not hold it.
  if (!answer.ok) return answer.why === 'excluded' ? { ok: true, value: null } : answer;
  const { status, text } = answer.value;
  const attributes = { ...(namespaced && { namespace: 'default' }), verb: 'get', group, version, resource: name, name: 'aggctl-probe' };
  const allowed = status === 403 ? await mayGet(second, attributes) : null;
  return { ok: true, value: { path, resource: name, status, text: messageOf(text), allowed } };
}

async function mayGet(ask: Ask, resourceAttributes: object): Promise<boolean | null> {
  const answer = await review<{ status?: { allowed?: boolean } }>(ask, '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  });
  return answer.ok ? (answer.value?.status?.allowed ?? null) : null;
}
