/** Data: the usual requests of clients, for the resources that the sample serves. */
import { apiPath } from '../../api-path.ts';
import type { Hands, Outcome, Written } from '../../model.ts';
import { fischer, flunder } from '../data.ts';
import { collectionOf, nameOf, pathOf } from '../paths.ts';
import { done, failed, late, read, type SampleStep } from '../step.ts';

const first = flunder('my-first-flunder');
const second = flunder('my-second-flunder');
const banned = flunder('my-banned-flunder');
const ban = fischer('my-first-fischer', [banned.metadata.name]);

export const data: SampleStep = {
  id: 'data',
  title: 'Use Flunders like any other resource',
  proves: 'create, get, list, watch, patch and delete reach the sample and its etcd, and its own admission plugin works',
  hop: 'data and admission',
  async *run(hands) {
    for (const act of [created, seen, watched, deleted, refused]) {
      const outcome = yield* act(hands);
      if (!outcome.done) return outcome;
    }
    return done;
  },
};

type Act = AsyncGenerator<string, Outcome>;

async function* created(hands: Hands): Act {
  const written = await settled(hands, () => hands.writer.create(collectionOf(first), first));
  if (!written.ok && written.why !== 'conflict') return trouble(`create ${nameOf(first)}`, written);
  yield `${nameOf(first)} ${written.ok ? 'created' : 'already exists'}`;
  return done;
}

async function* seen({ source }: Hands): Act {
  const [one, all] = await Promise.all([read(source, pathOf(first)), read(source, collectionOf(first))]);
  const name = first.metadata.name;
  if (!one.ok || one.value?.metadata?.name !== name)
    return failed(`get of \`${name}\` returns something else: ${one.ok ? 'not found' : one.message}`);
  const names: readonly string[] = all.ok ? (all.value?.items ?? []).map((item: Item) => item.metadata?.name ?? '') : [];
  if (!names.includes(name)) return failed(`list of Flunders does not contain \`${name}\`${all.ok ? '' : `: ${all.message}`}`);
  yield `get and list show ${name}`;
  return done;
}
interface Item {
  readonly metadata?: { readonly name?: string; readonly resourceVersion?: string; readonly labels?: Readonly<Record<string, string>> };
}

/** How long the watch lasts, seconds. */
const WATCHED = 2;

async function* watched({ writer, source }: Hands): Act {
  const before = await read(source, collectionOf(first));
  if (!before.ok) return failed(`list of Flunders failed: ${before.message}`);
  const mark = `at-${Date.now()}`;
  const since: string = before.value?.metadata?.resourceVersion ?? '';
  const path = apiPath`${{ path: collectionOf(first) }}?watch=true&timeoutSeconds=${WATCHED}&resourceVersion=${since}`;
  const watching = source({ kind: 'api', method: 'GET', path });
  const patched = await writer.patch(pathOf(first), { metadata: { labels: { 'patched-by-aggctl': mark } } });
  const events = await watching;
  if (!patched.ok) return trouble(`patch ${nameOf(first)}`, patched);
  if (!events.ok) return failed(`watch of Flunders failed: ${events.message}`);
  const lines = events.value.text.split('\n').filter((line) => line.includes(mark) && line.includes('MODIFIED'));
  if (lines.length === 0) return failed('watch of Flunders did not show the patch');
  yield 'patch changed it, and a watch received the change';
  return done;
}

async function* deleted(hands: Hands): Act {
  const { writer, source } = hands;
  const made = await settled(hands, () => writer.create(collectionOf(second), second));
  if (!made.ok && made.why !== 'conflict') return trouble(`create ${nameOf(second)}`, made);
  const gone = await writer.remove(pathOf(second));
  if (!gone.ok) return trouble(`delete ${nameOf(second)}`, gone);
  const after = await read(source, pathOf(second));
  const all = await read(source, collectionOf(second));
  const listed = all.ok && all.value?.items?.some((item: Item) => item.metadata?.name === second.metadata.name);
  if (!after.ok || after.value !== null || listed)
    return failed(`\`${second.metadata.name}\` still exists after its deletion${after.ok ? '' : `: ${after.message}`}`);
  yield `${nameOf(second)} created and deleted`;
  return done;
}

/** The sample's plugin BanFlunder reads Fischers from an informer, which may lag for a moment. */
async function* refused(hands: Hands): Act {
  const { writer, pause } = hands;
  const made = await settled(hands, () => writer.create(collectionOf(ban), ban));
  if (!made.ok && made.why !== 'conflict') return trouble(`create ${nameOf(ban)}`, made);
  for (;;) {
    const answer = await settled(hands, () => writer.create(collectionOf(banned), banned));
    if (!answer.ok && answer.message.includes('this name may not be used')) break;
    if (!answer.ok && answer.why !== 'conflict') return trouble(`create ${nameOf(banned)}`, answer);
    await writer.remove(pathOf(banned));
    if (!(await pause())) return late(`The sample accepts \`${banned.metadata.name}\`, a name that ${nameOf(ban)} bans`);
  }
  await writer.remove(pathOf(ban));
  yield `Flunder ${banned.metadata.name} was rejected by the sample's own admission plugin, because ${nameOf(ban)} bans its name`;
  return done;
}

/** Retries while the sample, or the route to it, is not ready yet; a write may take as long as any request. */
async function settled({ pause }: Hands, act: () => Promise<Written>): Promise<Written> {
  for (;;) {
    const written = await act();
    if (written.ok || !isEarly(written) || !(await pause())) return written;
  }
}

type Unwritten = Extract<Written, { ok: false }>;
const isEarly = ({ why, status, message }: Unwritten): boolean =>
  why === 'unreachable' || status === 503 || status === 404 || message.includes('not yet ready to handle request');

const trouble = (what: string, written: Unwritten): Outcome => (isEarly(written) ? late : failed)(`Could not ${what}: ${written.message}`);
