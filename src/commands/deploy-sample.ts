/** `aggctl deploy-sample`: deploys the Wardle sample, verifies every hop to it, and keeps it unless it is told to remove it. */
import { writer } from '../cluster/write.ts';
import { readVersion } from '../facts/cluster/version.ts';
import type { Event, ExitStatus, Finding, Manifest, Manifests, Outcome, SampleRun, StepEvent, StepResult } from '../model.ts';
import { version } from '../package.ts';
import { manifestsOf } from '../sample/manifests.ts';
import { owned, ownedKinds } from '../sample/owned.ts';
import { owner, planOf } from '../sample/plan.ts';
import { mint } from '../sample/serving.ts';
import { late, type Sample, type SampleStep } from '../sample/step.ts';
import { preflight, removal, serverDryRun, tour } from '../sample/tour.ts';
import { diagnosis } from './sample-diagnosis.ts';
import { type Chosen, type SampleOptions, sampleOptions } from './sample-options.ts';
import { openWorld, prepare, type World } from './sample-world.ts';
import type { Repeating } from './surroundings.ts';

/** Runs the steps and reports each. Throws a UsageError for wrong options, and when there is no cluster. */
export async function* deploySample(
  options: SampleOptions,
  surroundings: Repeating,
): AsyncGenerator<Event | StepEvent, SampleRun | Manifests> {
  const chosen = sampleOptions(options, surroundings.called);
  if (chosen.dryRun === 'client') return yield* printed(chosen, options, surroundings);
  const world = await openWorld(options, surroundings);
  if (chosen.sample.insecure && chosen.action !== 'delete')
    yield {
      kind: 'warning',
      message: "kube-apiserver will not verify the sample's certificate: use this only in test clusters",
    };
  return yield* run(chosen, world, await prepare(world.source, chosen.sample));
}

/** What would be applied. Only the cluster's version is read, if there is a cluster. */
async function* printed({ sample }: Chosen, options: SampleOptions, surroundings: Repeating): AsyncGenerator<Event, Manifests> {
  const world = await openWorld(options, surroundings).catch(() => null);
  const about = world && (await readVersion(world.source));
  const plan = planOf(sample, about?.version.ok ? about.version.value.minor : null);
  const objects = Object.values(manifestsOf(plan, mint(plan.serverName, new Date()))).filter((object) => object !== null);
  yield { kind: 'warning', message: "the output contains the private key of the sample's serving certificate, in Secret wardle-serving" };
  if (sample.imagePullSecret)
    yield {
      kind: 'hint',
      message: `the output does not contain Secret ${sample.imagePullSecret}: copy it to wardle-pull in namespace ${plan.namespace}`,
    };
  return { schemaVersion: 1, kind: 'Manifests', objects };
}

async function* run(chosen: Chosen, world: World, sample: Sample): AsyncGenerator<Event | StepEvent, SampleRun> {
  const { action, dryRun, removeWith } = chosen;
  const began = Date.now();
  const planned = dryRun ? [serverDryRun] : action === 'delete' ? [removal] : [preflight, ...tour];
  const afterwards = action === 'deploy-and-delete' ? [removal] : [];
  const of = planned.length + afterwards.length;
  const ended: Ended[] = [];
  for (const step of planned) {
    ended.push(yield* runStep(step, { number: ended.length + 1, of }, chosen, world, sample, began));
    if (ended.at(-1)?.result.status === 'failed') break;
  }
  const notRun = planned.slice(ended.length).map(({ id }) => id);
  const changedNothing = ended.length === 1;
  for (const step of changedNothing || world.signal.aborted ? [] : afterwards)
    ended.push(yield* runStep(step, { number: of, of }, chosen, world, sample, Date.now()));
  const failures = ended.filter(({ result }) => result.status === 'failed');
  return {
    schemaVersion: 1,
    kind: 'SampleRun',
    aggctl: version,
    server: world.server,
    action,
    steps: ended.map(({ result }) => result),
    notRun,
    findings: failures.flatMap(({ findings }) => findings),
    left: dryRun ? null : await left(world),
    removeWith,
    ms: Date.now() - began,
    summary: {
      done: ended.length - failures.length,
      failed: failures.length,
      notRun: notRun.length,
      exitStatus: failures[0]?.exitStatus ?? 0,
    },
  };
}

/** Printed last, after an interruption. */
const interrupted = (removeWith: string): Event => ({
  kind: 'hint',
  message: `interrupted; to remove what was created so far, run: ${removeWith}`,
});

const statuses = { refused: 1, late: 124, unreachable: 3 } as const;

interface Ended {
  readonly result: StepResult;
  readonly findings: readonly Finding[];
  readonly exitStatus: ExitStatus;
}

async function* runStep(
  step: SampleStep,
  place: { readonly number: number; readonly of: number },
  { timeout, stepTimeout, dryRun, removeWith }: Chosen,
  world: World,
  sample: Sample,
  began: number,
): AsyncGenerator<Event | StepEvent, Ended> {
  const { id, title, hop } = step;
  const start = Date.now();
  const until = Math.min(began + timeout, start + stepTimeout);
  const diagnose = (unregistered?: Manifest) => diagnosis(world.source, unregistered);
  const hands = { ...world, writer: writer(world.connection, owner, world.signal), pause: () => world.pause(until), diagnose };
  const notes: string[] = [];
  yield { kind: 'step', id, title, ...place };
  const running = step.run(hands, sample);
  const overdue = start >= began + timeout;
  const waited = world.connection.waits?.begin(`step ${place.number} of ${place.of}`, until - start);
  let next: IteratorResult<string, Outcome> = overdue ? { done: true, value: noTime } : await running.next();
  for (; !next.done; next = await running.next()) {
    if (world.signal.aborted) yield interrupted(removeWith);
    notes.push(next.value);
    yield { kind: 'note', id, message: next.value };
  }
  waited?.();
  if (world.signal.aborted) yield interrupted(removeWith);
  const outcome = next.value;
  const asks = tour.includes(step) && !world.signal.aborted && !dryRun;
  const findings = outcome.done ? [] : (outcome.findings ?? (asks ? (await diagnose()).findings : []));
  const proves = (outcome.done && outcome.proves) || step.proves;
  const failure = outcome.done ? { status: 'done' as const } : { status: 'failed' as const, message: outcome.message };
  const result = { id, title, proves, hop, ...failure, notes, ms: Date.now() - start };
  yield { kind: 'ended', ...result, findings };
  return { result, findings, exitStatus: outcome.done ? 0 : statuses[outcome.why ?? 'refused'] };
}

const noTime: Outcome = { ...late('`--timeout` ended before this step could start'), findings: [] };

/** The objects that carry the sample's label now. */
async function left({ source }: World): Promise<SampleRun['left']> {
  const found = await Promise.all(ownedKinds.map(({ kind }) => owned(source, kind)));
  if (found.some((one) => !one.ok)) return null;
  const objects = found.flatMap((one) => (one.ok ? one.value : []));
  return objects.map(({ kind, metadata: { namespace, name } }) => ({ kind, ...(namespace && { namespace }), name }));
}
