/** Asks kube-apiserver what it would say to each object, and has it keep nothing. */
import type { Manifest } from '../../model.ts';
import { podOf } from '../manifests.ts';
import { nameOf, pathOf } from '../paths.ts';
import { done, failed, read, type SampleStep } from '../step.ts';

export const serverDryRun: SampleStep = {
  id: 'dry-run',
  title: 'Ask kube-apiserver what it would say to each object',
  proves: 'kube-apiserver would take the objects, as far as it can tell before any of them exists',
  hop: 'objects',
  async *run({ writer, source }, { plan, objects }) {
    const refused: string[] = [];
    const there = await read(source, pathOf(objects.namespace));
    const isThere = there.ok && there.value !== null;
    for (const object of [...Object.values(objects), podOf(plan)].filter((one): one is Manifest => one !== null)) {
      // PodSecurity, quotas and admission of a namespace can only be asked once it exists.
      if (object.metadata.namespace === plan.namespace && !isThere) {
        yield `${nameOf(object)}: not asked, for its namespace does not exist yet`;
        continue;
      }
      const judged = await writer.apply(pathOf(object), object, { dryRun: true });
      yield `${nameOf(object)}: ${judged.ok ? `would be ${judged.did}` : judged.message}`;
      if (!judged.ok) refused.push(nameOf(object));
    }
    return refused.length === 0 ? done : failed(`kube-apiserver would refuse ${refused.join(', ')}`);
  },
};
