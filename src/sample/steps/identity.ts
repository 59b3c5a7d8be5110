/** Identity: which user the sample sees. A 403 would prove nothing, because kube-apiserver authorizes first; the sample's audit log does. */
import { apiPath } from '../../api-path.ts';
import { list as listOf, object, string } from '../../decode.ts';
import { kubernetesObject, list, review } from '../../facts/shared/kubernetes.ts';
import type { Ask, Hands, Outcome } from '../../model.ts';
import { type AuditedUser, auditedUser, sameUser } from '../audit.ts';
import { flunder } from '../data.ts';
import { pathOf } from '../paths.ts';
import type { Plan } from '../plan.ts';
import { podsPath, serverContainer } from '../pod.ts';
import { done, failed, late, type SampleStep } from '../step.ts';

const learner = 'aggctl-learner';
const everybody = 'system:authenticated';

export const identity: SampleStep = {
  id: 'identity',
  title: "Read in the sample's audit log which users it sees",
  proves: 'the sample sees each user with their groups, not the front proxy and not system:anonymous',
  hop: 'identity of users',
  async *run(hands, { plan }) {
    const { source, sourceAs } = hands;
    const own = await whoAmI(source);
    if (!own) return failed('kube-apiserver does not return your user name, so there is nothing to compare with');
    const proof = yield* seenAs(hands, plan, source, own);
    if (!proof.done) return proof;
    if (!sourceAs) {
      yield 'this request used impersonation, too (--as)';
      return done;
    }
    const groups = own.groups.filter((group) => group !== everybody);
    const asked = sourceAs(learner, groups);
    const impersonated = await whoAmI(asked);
    if (!impersonated) {
      yield 'you are not allowed to impersonate users, so impersonation is not tested';
      return done;
    }
    return yield* seenAs(hands, plan, asked, impersonated);
  },
};

async function whoAmI(source: Ask): Promise<AuditedUser | null> {
  const answer = await review(
    source,
    apiPath`/apis/authentication.k8s.io/v1/selfsubjectreviews`,
    { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    object({ status: object({ userInfo: object({ username: string, groups: listOf(string) }) }) }),
  );
  const user = answer.ok ? answer.value?.status?.userInfo : undefined;
  return user?.username ? { username: user.username, groups: user.groups ?? [] } : null;
}

/** Requests a unique name, and finds that request in the log. */
async function* seenAs({ source, pause }: Hands, plan: Plan, as: Ask, user: AuditedUser): AsyncGenerator<string, Outcome> {
  const path = pathOf(flunder(`aggctl-who-am-i-${Date.now()}`));
  const answer = await as({ kind: 'api', method: 'GET', path });
  if (answer.ok && answer.value.status === 403 && user.username === learner) {
    yield `${learner} with your groups cannot read Flunders, so impersonation is not tested`;
    return done;
  }
  const pods = await podNames(source, plan);
  for (;;) {
    const found = await logged(source, plan, pods, path);
    if (typeof found === 'object') {
      const said = `the audit log names \`${found.username}\` (${found.groups.join(', ')})`;
      if (!sameUser(found, user))
        return failed(
          `The sample sees another user: ${said}, but the request was sent as \`${user.username}\` (${user.groups.join(', ')})`,
        );
      yield `${said}: the user who sent the request${user.username === learner ? ', by impersonation' : ''}`;
      return done;
    }
    if (!(await pause())) return late(`The sample's audit log does not show the request for ${path}${found && `: ${found}`}`);
  }
}

async function podNames(source: Ask, plan: Plan): Promise<readonly string[]> {
  const pods = await list(source, podsPath(plan), kubernetesObject);
  return pods.ok ? pods.value.flatMap(({ metadata }) => metadata?.name ?? []) : [];
}

/** The user of the logged request, or why there is none. */
async function logged(source: Ask, plan: Plan, pods: readonly string[], path: string): Promise<AuditedUser | string> {
  let why = pods.length === 0 ? 'there is no pod whose log could be read' : '';
  for (const pod of pods) {
    const log = apiPath`/api/v1/namespaces/${plan.namespace}/pods/${pod}/log?container=${serverContainer}&sinceSeconds=120`;
    const answer = await source({ kind: 'api', method: 'GET', path: log });
    if (!answer.ok) why = answer.message;
    else if (answer.value.status !== 200)
      why = `cannot read the log of pod ${pod} (${answer.value.status}: ${answer.value.text.slice(0, 200)})`;
    else {
      const user = auditedUser(answer.value.text, path);
      if (user) return user;
    }
  }
  return why;
}
