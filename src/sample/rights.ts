/** Whether the caller has all rights that the steps need. Each is checked by a review, because webhook authorizers grant rights that RBAC does not show. */
import { apiPath } from '../api-path.ts';
import { accessReview, review } from '../facts/shared/kubernetes.ts';
import type { Ask, Manifest } from '../model.ts';
import { resourceOf } from './paths.ts';
import { group } from './plan.ts';
import type { Sample } from './step.ts';

interface Right {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly verb: string;
}

/** As in `create secrets in namespace wardle`; a right that cannot be checked counts as granted, because the step itself will report it. */
export async function missingRights(source: Ask, { plan, objects }: Sample): Promise<readonly string[]> {
  const written = Object.values(objects).filter((object): object is Manifest => object !== null);
  const rights: Right[] = [
    ...written.map(resourceOf).flatMap((at) => ['get', 'create', 'patch', 'delete'].map((verb) => ({ ...at, verb }))),
    { ...resourceOf(objects.apiService), subresource: 'status', verb: 'patch' },
    { group: '', resource: 'pods', namespace: plan.namespace, verb: 'create' },
    { group: '', resource: 'pods', namespace: plan.namespace, verb: 'list' },
    { group: '', resource: 'pods', subresource: 'log', namespace: plan.namespace, verb: 'get' },
    ...['get', 'list', 'watch', 'create', 'patch', 'delete'].map((verb) => ({ group, resource: 'flunders', namespace: 'default', verb })),
    ...['get', 'create', 'delete'].map((verb) => ({ group, resource: 'fischers', verb })),
  ];
  const answers = await Promise.all(rights.map(async (right) => ({ right, allowed: await allowed(source, right) })));
  return together(answers.filter(({ allowed }) => !allowed).map(({ right }) => right));
}

async function allowed(source: Ask, resourceAttributes: Right): Promise<boolean> {
  const answer = await review(
    source,
    apiPath`/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`,
    { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
    accessReview,
  );
  return !answer.ok || answer.value?.status?.allowed !== false;
}

/** One phrase for each resource, with its verbs. */
function together(rights: readonly Right[]): readonly string[] {
  const named = rights.map((right) => ({
    verb: right.verb,
    what: `${right.resource}${right.subresource ? `/${right.subresource}` : ''}${right.group ? `.${right.group}` : ''}${right.namespace ? ` in namespace ${right.namespace}` : ''}`,
  }));
  return [...new Set(named.map(({ what }) => what))].map((what) => {
    const verbs = [...new Set(named.filter((one) => one.what === what).map(({ verb }) => verb))];
    return `${verbs.join(', ')} ${what}`;
  });
}
