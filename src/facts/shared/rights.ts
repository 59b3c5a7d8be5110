/** Whether the caller has rights. Each is checked by a review, because webhook authorizers grant rights that RBAC does not show. */
import { apiPath } from '../../api-path.ts';
import type { Ask } from '../../model.ts';
import { accessReview, review } from './kubernetes.ts';

export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace?: string;
  readonly verb: string;
}

/** As in `create secrets in namespace wardle`; a right that cannot be checked counts as granted, because what needs it will say so itself. */
export async function missing(source: Ask, rights: readonly Right[]): Promise<readonly string[]> {
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
