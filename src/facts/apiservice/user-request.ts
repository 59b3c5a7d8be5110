import { apiPath } from '../../api-path.ts';
import type { ApiPath, ApiService, Ask, Discovery, DiscoveryDocument, Observed, UserRequest } from '../../model.ts';
import { isAdapterFailure } from '../../signatures/dependencies.ts';
import { fact, maybe } from '../engine/declare.ts';
import { accessReview, messageOf, review } from '../shared/kubernetes.ts';
import { apiservice } from './apiservice.ts';
import { discovery } from './discovery.ts';
import { firstFailure } from './first-failure.ts';

/** null: it does not serve, or nothing of it can be got by name, or the snapshot is older than the question. */
export const userRequest = fact({
  name: 'userRequest',
  of: apiservice,
  needs: { firstFailure, discovery: maybe(discovery) },
  read: ({ firstFailure, discovery }, ask, one): Observed<UserRequest | null> | Promise<Observed<UserRequest | null>> =>
    firstFailure || !discovery.ok ? { ok: true, value: null } : requestAsUser(ask, one, discovery.value),
});

/**
 * GETs what does not exist, or a metric: a sound extension server answers 404, or with values. A 403 is compared with what kube-apiserver itself
 * says of the user's rights, which it checks before it proxies. No answer in ten seconds is one, too: discovery was answered just before.
 * null: nothing can be got by name.
 */
export async function requestAsUser(ask: Ask, one: ApiService, { document }: Discovery): Promise<Observed<UserRequest | null>> {
  const target = targetOf(one, document);
  if (!target) return { ok: true, value: null };
  const { path, resource, attributes } = target;
  const answer = await ask({ kind: 'api', method: 'GET', path });
  // An older snapshot does not hold it.
  if (!answer.ok && answer.why === 'excluded') return { ok: true, value: null };
  if (!answer.ok) {
    const { cause, afterSeconds = 0 } = answer;
    if (cause !== 'no-answer' || afterSeconds < patience) return answer;
    const text = `no answer within ${afterSeconds} s`;
    return { ok: true, value: { path, resource, status: null, text, fails: true, allowed: null } };
  }
  const { status, text } = answer.value;
  const allowed = status === 403 ? await mayGet(ask, attributes) : null;
  const said = messageOf(text);
  // A metric may have no value without a selector, and adapters answer that with a 500, too.
  const fails = Object.hasOwn(makers, one.group) ? isAdapterFailure(status, said) : status >= 500;
  return { ok: true, value: { path, resource, status, text: said, fails, allowed } };
}

/** Seconds that a sound extension server has to answer in; who allows less with `--request-timeout` asks for less. */
const patience = 10;
/** An object of this name does not exist. */
const name = 'aggctl-probe';

interface Target {
  readonly path: ApiPath;
  readonly resource: string;
  /** k8s.io/api, authorization/v1/types.go (ResourceAttributes). Snapshots know a question by its text: the order stays. */
  readonly attributes: Readonly<Record<string, string>>;
}
type Group = Pick<ApiService, 'group' | 'version'>;
type Resource = Extract<DiscoveryDocument, { readonly resources: unknown }>['resources'][number];

/** The request that reaches what answers for the group; null: there is none. What an extension server calls a resource stands in its path. */
export function targetOf(one: Group, document: Discovery['document']): Target | null {
  const resources = document && 'resources' in document ? document.resources : [];
  const make = Object.hasOwn(makers, one.group) ? makers[one.group] : objectOf;
  for (const resource of resources) {
    const target = resource.verbs.includes('get') ? make?.(one, resource) : null;
    if (target) return target;
  }
  return null;
}

/** Of a resource, no subresource: a DNS label (k8s.io/apiextensions-apiserver, pkg/apis/apiextensions/validation, v0.37.2). */
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Of a metric, as adapters list them. */
const metric = /^[A-Za-z0-9_][\w.:@-]{0,252}$/;

function objectOf({ group, version }: Group, { name: resource, namespaced }: Resource): Target | null {
  if (!label.test(resource)) return null;
  const path = apiPath`/apis/${group}/${version}/${[...(namespaced ? ['namespaces', 'default'] : []), resource]}/${name}`;
  return { path, resource, attributes: { ...(namespaced && { namespace: 'default' }), verb: 'get', group, version, resource, name } };
}

/** What adapters serve have no objects: only a request for a metric comes to its provider (kubernetes-sigs/custom-metrics-apiserver, pkg/apiserver/installer, v1.36.0). */
const makers: Readonly<Record<string, typeof objectOf>> = {
  'external.metrics.k8s.io': ({ group, version }, { name: resource }) =>
    metric.test(resource)
      ? {
          path: apiPath`/apis/${group}/${version}/namespaces/default/${resource}`,
          resource,
          attributes: { namespace: 'default', verb: 'list', group, version, resource },
        }
      : null,
  'custom.metrics.k8s.io': ({ group, version }, { name: listed, namespaced }) => {
    const [, resource = '', subresource = ''] = /^([a-z0-9][a-z0-9.-]{0,252})\/(.+)$/.exec(listed) ?? [];
    if (!namespaced || !metric.test(subresource)) return null;
    return {
      path: apiPath`/apis/${group}/${version}/namespaces/default/${[resource, name, subresource]}`,
      resource: listed,
      attributes: { namespace: 'default', verb: 'get', group, version, resource, subresource, name },
    };
  },
};

async function mayGet(ask: Ask, resourceAttributes: object): Promise<boolean | null> {
  const answer = await review(
    ask,
    apiPath`/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`,
    { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
    accessReview,
  );
  return answer.ok ? (answer.value?.status?.allowed ?? null) : null;
}
