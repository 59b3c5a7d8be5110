/** Looks before anything is changed: the cluster's own faults, rights, nodes, and what stands at the names already. */
import { list } from '../../facts/kubernetes.ts';
import { list as names } from '../../format.ts';
import type { Hands, Outcome } from '../../model.ts';
import { unfit } from '../nodes.ts';
import { nameOf, pathOf } from '../paths.ts';
import { owner } from '../plan.ts';
import { missingRights } from '../rights.ts';
import { done, failed, late, read, type Sample, type SampleStep } from '../step.ts';

export const preflight: SampleStep = {
  id: 'preflight',
  title: 'Look at the cluster before anything is changed',
  proves: "nothing that can be seen from here stands in the way, and the sample's names are free",
  hop: 'a cluster that is fit for it',
  async *run(hands, sample) {
    const version = await read(hands.source, '/version');
    if (!version.ok) return { ...failed(version.message), why: 'unreachable' };
    yield `kube-apiserver ${version.value?.gitVersion} answers`;
    const { findings, whole } = await hands.diagnose();
    const faults = findings.filter(({ severity, subject, since }) => severity === 'error' && subject.scope !== 'apiservice' && !since);
    if (faults.length > 0)
      return { ...failed('The sample would not work on this cluster as it is; nothing was changed'), findings: faults };
    yield `the checks of \`aggctl doctor\` find nothing that would stop it${whole ? '' : ', as far as can be seen from here'}`;
    return (
      (await taken(hands, sample)) ??
      (yield* gone(hands, sample)) ??
      (yield* permitted(hands, sample)) ??
      (yield* placed(hands, sample)) ??
      done
    );
  },
};

/** Objects of these names that aggctl did not make are never touched. */
async function taken({ source }: Hands, { objects }: Sample): Promise<Outcome | null> {
  const found = await Promise.all(
    Object.values(objects)
      .flatMap((object) => (object ? [{ object, answer: read(source, pathOf(object)) }] : []))
      .map(async ({ object, answer }) => ({ object, answer: await answer })),
  );
  const foreign = found.filter(({ answer }) => answer.ok && answer.value && answer.value.metadata?.labels?.[owner.label] !== owner.value);
  if (foreign.length === 0) return null;
  const names = foreign.map(({ object }) => `\`${nameOf(object)}\``).join(', ');
  const registered = foreign.some(({ object }) => object.kind === 'APIService');
  const remedy = registered
    ? 'another sample API server is registered, and a cluster has room for one'
    : 'choose others with --namespace and --name-prefix';
  return failed(`${names} exists already and was not made by aggctl, so nothing was changed: ${remedy}`);
}

/** A namespace that is still going takes nothing new. */
async function* gone({ source, pause }: Hands, { objects: { namespace, apiService } }: Sample): AsyncGenerator<string, Outcome | null> {
  const { name } = namespace.metadata;
  for (let told = false; ; told = true) {
    const found = await read(source, pathOf(namespace));
    if (!found.ok || !found.value?.metadata?.deletionTimestamp) return null;
    const registered = await read(source, pathOf(apiService));
    // No namespace ends while an APIService is registered that does not answer.
    if (registered.ok && registered.value)
      return failed(
        `Namespace \`${name}\` is being deleted while \`${nameOf(apiService)}\` still leads to it, and so cannot end: run aggctl deploy-sample --delete first`,
      );
    if (!told) yield `namespace ${name} is still being deleted; waiting until it is gone`;
    if (!(await pause())) return late(`Namespace \`${name}\` is still being deleted: see \`kubectl describe namespace ${name}\``);
  }
}

/** RBAC lets nobody grant what he does not have, which only a dry run shows. */
async function* permitted(hands: Hands, sample: Sample): AsyncGenerator<string, Outcome | null> {
  const missing = await missingRights(hands.source, sample);
  if (missing.length > 0)
    return failed(`You may not ${names(missing, { word: 'or', most: 4 })}: use an identity that may; nothing was changed`);
  const { role, roleBinding, delegatorBinding, readerBinding } = sample.objects;
  for (const object of [role, roleBinding, delegatorBinding, readerBinding]) {
    const judged = await hands.writer.apply(pathOf(object), object, { dryRun: true });
    // The binding's role is not there yet, so kube-apiserver cannot weigh it; the role itself has been weighed.
    if (!judged.ok && !(object === roleBinding && judged.status === 404))
      return failed(`You may not make ${nameOf(object)}: ${judged.message}; nothing was changed`);
  }
  yield 'you may make every object, and grant every right, that the sample needs';
  return null;
}

/** Somewhere the pod must be able to run. */
async function* placed({ source }: Hands, { plan }: Sample): AsyncGenerator<string, Outcome | null> {
  const nodes = await list<object>(source, '/api/v1/nodes');
  if (!nodes.ok) {
    yield `which nodes could run it is not known: ${nodes.message}`;
    return null;
  }
  const judged = nodes.value.map((node) => unfit(node, plan));
  const fit = judged.filter(({ why }) => why === null);
  if (fit.length === 0) {
    const reasons = judged.map(({ name, why }) => `\`${name}\` ${why}`).join('; ');
    return failed(`No node can run the sample's pod: ${reasons || 'there are no nodes'}; nothing was changed`);
  }
  yield `its pod can run on ${names(
    fit.map(({ name }) => name),
    { most: 3 },
  )}`;
  return null;
}
