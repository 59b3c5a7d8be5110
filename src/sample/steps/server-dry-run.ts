/** Sends each object to kube-apiserver as a dry run. */
import type { Manifest } from '../../model.ts';
import { podOf } from '../manifests.ts';
import { nameOf, pathOf } from '../paths.ts';
import { done, failed, read, type SampleStep, versionOf } from '../step.ts';

export const serverDryRun: SampleStep = {
  id: 'dry-run',
  title: 'Send each object to kube-apiserver as a dry run',
  proves: 'kube-apiserver would accept the objects, as far as it can tell before any of them exists',
  hop: 'objects',
  async *run({ writer, source }, { plan, objects }) {
    const version = await versionOf(source);
    if (!version.ok) return { ...failed(version.message), why: 'unreachable' };
    const refused: string[] = [];
    const there = await read(source, pathOf(objects.namespace));
    const isThere = there.ok && there.value !== null;
    for (const object of [...Object.values(objects), podOf(plan)].filter((one): one is Manifest => one !== null)) {
      // PodSecurity, quotas and admission of a namespace can only be tested once it exists.
      if (object.metadata.namespace === plan.namespace && !isThere) {
        yield `${nameOf(object)}: not sent, because its namespace does not exist yet`;
        continue;
      }
      const judged = await writer.apply(pathOf(object), object, { dryRun: true });
      yield `${nameOf(object)}: ${judged.ok ? `would be ${judged.did}` : judged.message}`;
      if (!judged.ok) refused.push(nameOf(object));
    }
    return refused.length === 0 ? done : failed(`kube-apiserver would reject ${refused.join(', ')}`);
  },
};
