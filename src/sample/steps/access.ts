/** The namespace, who the sample is, and what it may do. */
import { podOf } from '../manifests.ts';
import { collectionOf } from '../paths.ts';
import { applied, done, failed, type SampleStep } from '../step.ts';

export const access: SampleStep = {
  id: 'access',
  title: 'Make a namespace, an identity for the sample, and the rights that it needs',
  proves: 'the sample has the rights that it needs and no others, and the namespace takes its pod',
  hop: 'rights of the sample',
  async *run(hands, { plan, objects }) {
    const { namespace, serviceAccount, role, roleBinding, delegatorBinding, readerBinding } = objects;
    const made = yield* applied(hands, [namespace, serviceAccount, role, roleBinding, delegatorBinding, readerBinding]);
    if (!made.done) return made;
    const pod = podOf(plan);
    // The namespace's ServiceAccount admission may be a moment behind.
    for (let tries = 0; ; tries++) {
      const judged = await hands.writer.create(collectionOf(pod), pod, { dryRun: true });
      if (judged.ok) break;
      const soon = tries < 5 && /serviceaccount|error looking up service account/.test(judged.message);
      if (!soon || !(await hands.pause()))
        return failed(`Namespace \`${plan.namespace}\` would not take the sample's pod: ${judged.message}`);
    }
    yield `namespace ${plan.namespace} would take the pod: PodSecurity, quotas and admission agree`;
    return done;
  },
};
