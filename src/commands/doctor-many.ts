/** `aggctl doctor --contexts` and `--all-contexts`: one diagnosis of each cluster, at the same time. */
import { exitStatus, isComplete, reportOf } from '../exit-code.ts';
import { list, plural } from '../format.ts';
import { limiter } from '../limiter.ts';
import type { ClusterReport, ClusterReports, ClusterVerdict, Event, ExitStatus, Report } from '../model.ts';
import { version } from '../package.ts';
import type { Diagnosis } from '../run/index.ts';
import { sh } from '../sh.ts';
import { UsageError } from '../usage-error.ts';
import { type Chosen, type ContextOptions, chosenContexts } from './contexts.ts';
import { type Examined, examine, remarked } from './doctor.ts';
import { type Judging, judgingHere } from './judging.ts';
import type { Surroundings } from './surroundings.ts';

/** Clusters at once: each has up to 20 questions in flight. */
const AT_ONCE = 8;

/** What one cluster showed, or why it could not be asked at all. */
type Outcome = { readonly seen: Examined } | { readonly why: string };

/**
 * What keeps one cluster from being checked is a row and hides no other. Throws a UsageError for wrong options, and for a context that does
 * not exist.
 */
export async function* doctorOfMany(options: ContextOptions, surroundings: Surroundings): AsyncGenerator<Event, ClusterReports> {
  const how = yield* judgingHere(options);
  const chosen = await chosenContexts(options, surroundings);
  const outcomes = yield* outcomesOf(chosen, options, how, surroundings);
  refuseAll([...outcomes.values()]);
  const examined = chosen.flatMap(({ context, sameAs }) => {
    const outcome = sameAs === undefined ? outcomes.get(context) : undefined;
    return outcome && 'seen' in outcome ? [{ context, ...outcome.seen }] : [];
  });
  const diagnoses = remarked(examined, how);
  const found = new Map(
    examined.map(({ context, ...seen }, index) => {
      const diagnosis = diagnoses[index] ?? seen.diagnosis;
      return [context, { ...verdictOf(diagnosis), report: reportOf(diagnosis, exitStatus(diagnosis, how.rules)) }];
    }),
  );
  const clusters = chosen.map(({ context, sameAs }): ClusterReport => {
    const select = [
      ...(options.kubeconfig === undefined ? [] : [sh`export KUBECONFIG=${options.kubeconfig}`]),
      sh`kubectl config use-context ${context}`,
    ];
    const outcome = outcomes.get(sameAs ?? context);
    const why = outcome && 'why' in outcome ? { why: outcome.why } : {};
    const told = found.get(sameAs ?? context) ?? { verdict: 'not-checked' as const, ...why, report: null };
    return sameAs === undefined ? { context, ...told, select } : { context, ...told, sameAs, select, report: null };
  });
  return { schemaVersion: 1, kind: 'ClusterReports', aggctl: version, clusters, exitStatus: strongest(clusters, how) };
}

/** What keeps every cluster from being checked lies with the options, or with the kubeconfig. */
function refuseAll(outcomes: readonly Outcome[]): void {
  const reasons = new Set(outcomes.map((one) => ('why' in one ? one.why : null)));
  const [why] = reasons;
  if (reasons.size === 1 && typeof why === 'string') throw new UsageError(why);
}

/** By context. Whose plugins ask on the terminal is said before, because a prompt does not say it. */
async function* outcomesOf(
  chosen: readonly Chosen[],
  options: ContextOptions,
  how: Judging,
  surroundings: Surroundings,
): AsyncGenerator<Event, ReadonlyMap<string, Outcome>> {
  const open = chosen.filter(({ sameAs }) => sameAs === undefined).map(({ context }) => context);
  const asking = surroundings.confirm ? chosen.filter(({ asks }) => asks).map(({ context }) => context) : [];
  const inTurn = asking.length > 1 ? ', one after the other' : '';
  yield asking.length > 0
    ? { kind: 'hint', message: `the credential plugin of ${list(asking)} asks on this terminal${inTurn}` }
    : { kind: 'progress', message: `checking ${plural(open.length, 'cluster')} …` };
  const limit = limiter(AT_ONCE);
  const outcomes = open.map(
    async (context) => [context, await limit(() => outcomeOf({ ...options, context }, how, surroundings))] as const,
  );
  return new Map(await Promise.all(outcomes));
}

async function outcomeOf(options: ContextOptions, how: Judging, surroundings: Surroundings): Promise<Outcome> {
  const steps = examine(options, how, { ...surroundings, amongOthers: true });
  try {
    // Its events are progress alone.
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    return { seen: step.value };
  } catch (error) {
    if (error instanceof UsageError) return { why: error.message };
    throw error;
  }
}

function verdictOf(diagnosis: Diagnosis): { readonly verdict: ClusterVerdict; readonly why?: string } {
  const { cluster, summary, suppressed = [] } = diagnosis;
  if (cluster?.unreachable !== undefined) return { verdict: 'unreachable', why: cluster.unreachable };
  if (summary.error > 0) return { verdict: 'errors' };
  if (summary.warning > 0) return { verdict: 'warnings' };
  if (!isComplete(diagnosis)) return { verdict: 'incomplete' };
  return { verdict: suppressed.length > 0 ? 'suppressed' : 'healthy' };
}

function strongest(clusters: readonly ClusterReport[], { rules: { allowIncomplete } }: Judging): ExitStatus {
  const statuses = clusters.map(({ verdict, report }) => statusOf(verdict, report));
  if (statuses.includes(1)) return 1;
  return statuses.includes(3) && !allowIncomplete ? 3 : 0;
}
const statusOf = (verdict: ClusterVerdict, report: Report | null): ExitStatus =>
  report?.summary.exitStatus ?? (verdict === 'not-checked' ? 3 : 0);
