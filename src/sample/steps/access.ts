/** The namespace, and the identity and rights of the sample. */
import { podOf } from '../manifests.ts';
import { collectionOf } from '../paths.ts';
import { applied, done, failed, type SampleStep } from '../step.ts';

export const access: SampleStep = {
  id: 'access',
  title: 'Create a namespace, an identity for the sample, and the rights that it needs',
  proves: 'the sample has exactly the rights that it needs, and the namespace accepts its pod',
  hop: 'rights of the sample',
  async *run(hands, { plan, objects }) {
    const { namespace, serviceAccount, role, roleBinding, delegatorBinding, readerBinding } = objects;
    const made = yield* applied(hands, [namespace, serviceAccount, role, roleBinding, delegatorBinding, readerBinding]);
    if (!made.done) return made;
    const pod = podOf(plan);
    // ServiceAccount admission may not know the new namespace yet.
    for (let tries = 0; ; tries++) {
      const judged = await hands.writer.create(collectionOf(pod), pod, { dryRun: true });
      if (judged.ok) break;
      const soon = tries < 5 && /serviceaccount|error looking up service account/.test(judged.message);
      if (!soon || !(await hands.pause())) return failed(`Namespace \`${plan.namespace}\` rejects the sample's pod: ${judged.message}`);
    }
    yield `namespace ${plan.namespace} accepts the pod in a dry run: PodSecurity, quotas and admission agree`;
    return done;
  },
};
