/** Removes everything, the APIService first: while it is registered without a server, no namespace can be deleted. */
import { apiPath } from '../../api-path.ts';
import { list, object, string } from '../../decode.ts';
import { get } from '../../facts/shared/kubernetes.ts';
import type { Hands, Manifest, Outcome } from '../../model.ts';
import { fischer, flunder } from '../data.ts';
import { foreignIn } from '../foreign.ts';
import { type OwnedKind, owned, ownedKinds } from '../owned.ts';
import { collectionOf, nameOf, pathOf } from '../paths.ts';
import { apiServiceName, group, owner, ownPath, version } from '../plan.ts';
import { done, failed, late, read, type SampleStep } from '../step.ts';

export const removal: SampleStep = {
  id: 'removal',
  title: 'Remove everything that was created for the sample',
  proves: 'the sample is completely removed',
  hop: 'removal',
  async *run(hands) {
    for (const act of [data, registration, rights, namespaces]) {
      const outcome = yield* act(hands);
      if (!outcome.done) return outcome;
    }
    return done;
  },
};

type Act = AsyncGenerator<string, Outcome>;

/** While the sample still answers; otherwise its data disappears with its etcd. */
async function* data({ writer, source }: Hands): Act {
  const services = await owned(source, 'APIService');
  if (!services.ok || services.value.length === 0) return done;
  for (const one of [flunder(''), fischer('', [])]) {
    const found = await get(source, ownPath(collectionOf(one)), object({ items: list(object({ metadata: object({ name: string }) })) }));
    for (const { metadata } of (found.ok && found.value?.items) || []) {
      const own = { ...one, metadata: { ...one.metadata, name: metadata?.name ?? '' } };
      const gone = await writer.remove(pathOf(own));
      if (gone.ok) yield `${nameOf(own)} ${gone.did}`;
    }
  }
  return done;
}

async function* registration(hands: Hands): Act {
  const removed = yield* remove(hands, 'APIService');
  if (!removed.done) return removed;
  for (;;) {
    const there = await read(hands.source, apiPath`/apis/apiregistration.k8s.io/v1/apiservices/${apiServiceName}`);
    const replaced = there.ok && there.value !== null && there.value.metadata?.labels?.[owner.label] !== owner.value;
    if (replaced || !(await listed(hands))) return done;
    if (!(await hands.pause())) return late(`/apis/${group} still lists version ${version} after its APIService is gone`);
  }
}

async function listed({ source }: Hands): Promise<boolean> {
  const found = await get(source, apiPath`/apis/${group}`, object({ versions: list(object({ version: string })) }));
  return !found.ok || (found.value?.versions ?? []).some((one) => one.version === version);
}

async function* rights(hands: Hands): Act {
  for (const { kind } of ownedKinds) {
    if (kind === 'APIService' || kind === 'Namespace') continue;
    const removed = yield* remove(hands, kind);
    if (!removed.done) return removed;
  }
  return done;
}

async function* namespaces(hands: Hands): Act {
  const found = await owned(hands.source, 'Namespace');
  if (!found.ok) return failed(`Cannot list namespaces: ${found.message}`);
  for (const namespace of found.value) {
    const foreign = await foreignIn(hands.source, namespace.metadata.name);
    if (!foreign.ok)
      return failed(
        `Namespace \`${namespace.metadata.name}\` is kept, because aggctl cannot check whether it holds anything else: ${foreign.message}`,
      );
    if (foreign.value.length > 0) {
      const names = foreign.value
        .slice(0, 5)
        .map((name) => `\`${name}\``)
        .join(', ');
      return failed(
        `Namespace \`${namespace.metadata.name}\` is kept, because it holds objects that aggctl did not create (${names}): delete or move them, then run this again`,
      );
    }
  }
  const removed = yield* remove(hands, 'Namespace');
  if (!removed.done) return removed;
  for (;;) {
    const left = await owned(hands.source, 'Namespace');
    if (left.ok && left.value.length === 0) return done;
    if (!(await hands.pause()))
      return late('The namespace is still being deleted: its conditions name the reason, see `kubectl get namespaces -o yaml`');
  }
}

async function* remove({ writer, source }: Hands, kind: OwnedKind): Act {
  const found = await owned(source, kind);
  if (!found.ok)
    return { ...failed(`Cannot list ${kind}s: ${found.message}`), ...(found.why !== 'denied' && { why: 'unreachable' as const }) };
  // Delete by label, all at once; without that right, one by one.
  if (kind === 'APIService' && found.value.length > 0) await writer.removeAll(collectionOf(found.value[0] as Manifest));
  for (const object of found.value) {
    if ('deletionTimestamp' in object.metadata) {
      yield `${nameOf(object)} is already being deleted`;
      continue;
    }
    const gone = await writer.remove(pathOf(object));
    if (!gone.ok) return failed(`Cannot delete ${nameOf(object)}: ${gone.message}`);
    yield `${nameOf(object)} deleted`;
  }
  return done;
}
