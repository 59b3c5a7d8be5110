import { apiPath } from '../../api-path.ts';
import type { ApiService, Ask, Discovery, Observed, UserRequest } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { accessReview, messageOf, review } from '../shared/kubernetes.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';
import { firstFailure } from './first-failure.ts';

/** null: it does not serve, or no resource of it can be got by name, or the snapshot is older than the question. */
export const userRequest = fact({
  name: 'userRequest',
  of: apiservice,
  needs: { firstFailure, discovery: maybe(discovery) },
  read: ({ firstFailure, discovery }, ask, one): Observed<UserRequest | null> | Promise<Observed<UserRequest | null>> =>
    firstFailure || !discovery.ok ? { ok: true, value: null } : requestAsUser(ask, one, discovery.value),
});

/**
 * GETs the object `aggctl-probe`: a sound extension server answers 404. A 403 is compared with what kube-apiserver itself says of the user's
 * rights, which it checks before it proxies. No answer in ten seconds is one, too: discovery was answered just before. null: no resource can
 * be got by name.
 */
export async function requestAsUser(
  ask: Ask,
  { group, version }: ApiService,
  { document }: Discovery,
): Promise<Observed<UserRequest | null>> {
  const object = objectOf({ group, version }, document);
  if (!object) return { ok: true, value: null };
  const { path, name, namespaced } = object;
  const answer = await ask({ kind: 'api', method: 'GET', path });
  // An older snapshot does not hold it.
  if (!answer.ok && answer.why === 'excluded') return { ok: true, value: null };
  if (!answer.ok) {
    const { cause, afterSeconds = 0 } = answer;
    if (cause !== 'no-answer' || afterSeconds < patience) return answer;
    const text = `no answer within ${afterSeconds} s`;
    return { ok: true, value: { path, resource: name, status: null, text, allowed: null } };
  }
  const { status, text } = answer.value;
  const attributes = { ...(namespaced && { namespace: 'default' }), verb: 'get', group, version, resource: name, name: 'aggctl-probe' };
  const allowed = status === 403 ? await mayGet(ask, attributes) : null;
  return { ok: true, value: { path, resource: name, status, text: messageOf(text), allowed } };
}

/** Seconds that a sound extension server has to answer in; who allows less with `--request-timeout` asks for less. */
const patience = 10;

/** Of a resource, no subresource: a DNS label (k8s.io/apiextensions-apiserver, pkg/apis/apiextensions/validation, v0.37.2). */
const resourceName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** An object that does not exist, of a resource that can be got by name; null: there is none. */
export function objectOf({ group, version }: Pick<ApiService, 'group' | 'version'>, document: Discovery['document']) {
  const resources = document && 'resources' in document ? document.resources : [];
  // What an extension server calls a resource stands in the path of a request.
  const resource = resources.find(({ name, verbs }) => resourceName.test(name) && verbs.includes('get'));
  if (!resource) return null;
  const { name, namespaced } = resource;
  return {
    name,
    namespaced,
    path: apiPath`/apis/${group}/${version}/${[...(namespaced ? ['namespaces', 'default'] : []), name]}/aggctl-probe`,
  };
}

async function mayGet(ask: Ask, resourceAttributes: object): Promise<boolean | null> {
  const answer = await review(
    ask,
    apiPath`/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`,
    { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
    accessReview,
  );
  return answer.ok ? (answer.value?.status?.allowed ?? null) : null;
}
