/** Checks before anything is changed: the cluster's own problems, rights, nodes, and whether the names are free. */
import { apiPath } from '../../api-path.ts';
import { list } from '../../facts/shared/kubernetes.ts';
import { list as names } from '../../format.ts';
import type { Hands, Outcome } from '../../model.ts';
import { unfit } from '../nodes.ts';
import { nameOf, pathOf } from '../paths.ts';
import { owner } from '../plan.ts';
import { missingRights } from '../rights.ts';
import { done, failed, late, read, type Sample, type SampleStep, versionOf, wholeObject } from '../step.ts';

export const preflight: SampleStep = {
  id: 'preflight',
  title: 'Check the cluster before changing anything',
  proves: 'nothing visible from here prevents the sample, and its names are free',
  hop: 'cluster ready',
  async *run(hands, sample) {
    const version = await versionOf(hands.source);
    if (!version.ok) return { ...failed(version.message), why: 'unreachable' };
    yield `kube-apiserver ${version.value} answers`;
    const { findings, whole } = await hands.diagnose();
    const faults = findings.filter(({ severity, subject, since }) => severity === 'error' && subject.scope !== 'apiservice' && !since);
    if (faults.length > 0)
      return { ...failed('The sample would not work on this cluster in its present state; nothing was changed'), findings: faults };
    yield `the checks of \`aggctl doctor\` find no problem that would stop it${whole ? '' : ', as far as can be seen from here'}`;
    return (
      (await taken(hands, sample)) ??
      (yield* gone(hands, sample)) ??
      (yield* permitted(hands, sample)) ??
      (yield* placed(hands, sample)) ??
      done
    );
  },
};

/** Objects with these names that aggctl did not create are never changed. */
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
    ? 'a cluster can have only one sample API server, and another one is registered'
    : 'choose other names with --namespace and --name-prefix';
  return failed(`${names} already exists and was not created by aggctl, so nothing was changed: ${remedy}`);
}

/** A namespace that is being deleted accepts no new objects. */
async function* gone({ source, pause }: Hands, { objects: { namespace, apiService } }: Sample): AsyncGenerator<string, Outcome | null> {
  const { name } = namespace.metadata;
  for (let told = false; ; told = true) {
    const found = await read(source, pathOf(namespace));
    if (!found.ok || !found.value?.metadata?.deletionTimestamp) return null;
    const registered = await read(source, pathOf(apiService));
    // No namespace can be deleted while a registered APIService does not answer.
    if (registered.ok && registered.value)
      return failed(
        `Namespace \`${name}\` cannot be deleted while \`${nameOf(apiService)}\` still refers to it: run aggctl deploy-sample --delete first`,
      );
    if (!told) yield `namespace ${name} is still being deleted; waiting`;
    if (!(await pause()))
      return late(`Namespace \`${name}\` is still being deleted: check its conditions with \`kubectl describe namespace ${name}\``);
  }
}

/** RBAC lets users grant only rights that they have, which only a dry run shows. */
async function* permitted(hands: Hands, sample: Sample): AsyncGenerator<string, Outcome | null> {
  const missing = await missingRights(hands.source, sample);
  if (missing.length > 0)
    return failed(
      `You are not allowed to ${names(missing, { word: 'or', most: 4 })}: use an identity with these rights; nothing was changed`,
    );
  const { role, roleBinding, delegatorBinding, readerBinding } = sample.objects;
  for (const object of [role, roleBinding, delegatorBinding, readerBinding]) {
    const judged = await hands.writer.apply(pathOf(object), object, { dryRun: true });
    // The binding's role does not exist yet, so kube-apiserver cannot check it; the role itself was checked.
    if (!judged.ok && !(object === roleBinding && judged.status === 404))
      return failed(`You are not allowed to create ${nameOf(object)}: ${judged.message}; nothing was changed`);
  }
  yield 'you are allowed to create every object and grant every right that the sample needs';
  return null;
}

/** At least one node must be able to run the pod. */
async function* placed({ source }: Hands, { plan }: Sample): AsyncGenerator<string, Outcome | null> {
  const nodes = await list(source, apiPath`/api/v1/nodes`, wholeObject<object>());
  if (!nodes.ok) {
    yield `cannot check which nodes can run the pod: ${nodes.message}`;
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
