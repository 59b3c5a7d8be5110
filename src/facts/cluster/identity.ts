import { apiPath } from '../../api-path.ts';
import { list, object, string } from '../../decode.ts';
import type { Ask, Observed } from '../../model.ts';
import { fact, maybe } from '../engine/declare.ts';
import { review } from '../shared/kubernetes.ts';

/** Whom kube-apiserver takes aggctl for. */
export const identity = fact({ name: 'identity', read: (_, ask) => readIdentity(ask) });
/** The name alone; null: not known. */
export const user = fact({
  name: 'user',
  internal: true,
  needs: { identity: maybe(identity) },
  from: ({ identity }) => (identity.ok ? identity.value.user : null),
});

export const selfSubjectReview = object({ status: object({ userInfo: object({ username: string, groups: list(string) }) }) });
interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

async function readIdentity(ask: Ask): Promise<Observed<Identity>> {
  const path = apiPath`/apis/authentication.k8s.io/v1/selfsubjectreviews`;
  const answer = await review(ask, path, { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }, selfSubjectReview);
  if (!answer.ok) return answer;
  const user = answer.value?.status?.userInfo;
  // A name that is empty is left out.
  if (!user || Object.keys(user).length === 0)
    return { ok: false, why: 'excluded', message: 'this kube-apiserver does not return the user name of aggctl' };
  return { ok: true, value: { user: user.username ?? '', groups: user.groups ?? [] } };
}
