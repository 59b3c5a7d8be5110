/** `aggctl doctor`: gathers facts, runs the checks, reports. */
import type { Gathered } from '../check.ts';
import { checks } from '../checks/index.ts';
import { exitStatus, reportOf } from '../exit-code.ts';
import { gather } from '../facts/gather.ts';
import { certificateFacts } from '../facts/shared/layer-certificates.ts';
import type { Ask, Event, Report, Unavailable } from '../model.ts';
import { version } from '../package.ts';
import { type Diagnosis, run } from '../run/index.ts';
import { withRemarks } from '../run/suppression-remarks.ts';
import { factsOf, reportFacts } from '../run/wanted.ts';
import { UsageError } from '../usage-error.ts';
import { certificatesIn } from './certificate-items.ts';
import { drawn, type Outputs } from './drawings.ts';
import { type Judging, type JudgingOptions, judgingHere } from './judging.ts';
import { type OpenSource, openSource, type SourceOptions } from './open-source.ts';
import { problemsOf, refuseRepeating, waiting } from './repeat.ts';
import { span } from './spans.ts';
import type { Look, Repeating, Surroundings } from './surroundings.ts';

export interface DoctorOptions extends SourceOptions, JudgingOptions, Outputs {
  readonly wait?: string;
}

/**
 * Gathers facts and runs the checks once: all facts for a recording, else those of the chosen checks and `shown`. Throws a UsageError when
 * there is nothing to check, or when the sources are of two clusters; `alone`: a manifest whose files are elsewhere is then checked by itself.
 */
export async function diagnose(
  source: OpenSource,
  { chosen, userOptions, suppressions, rules: { failOn } }: Judging,
  options: DoctorOptions,
  { shown = reportFacts, alone = false }: { readonly shown?: readonly string[]; readonly alone?: boolean } = {},
) {
  const how = {
    userOptions,
    ...(source.manifest && { manifest: source.manifest }),
    ...(!options.record && { wanted: [...factsOf(chosen), ...shown] }),
  };
  const here = await gather(source.asks, how);
  const { gathered, mismatch, rounds } =
    alone && here.mismatch !== null && isAway(here.gathered) ? await gather(source.asks.map(withoutApi), how) : here;
  if (mismatch) throw new UsageError(`${mismatch}; choose one with ${source.name === 'live' ? '--kubeconfig or --root' : '--snapshot'}`);
  refuseNothing(gathered, source, options);
  refuseDowngrade(gathered, options);
  const about = {
    aggctl: version,
    source: source.name,
    ...(source.collected && { collected: source.collected }),
    ...(source.incomplete && { incomplete: source.incomplete }),
    ...(chosen.length < checks.length && { chosen: chosen.map(({ id }) => id) }),
    ...(failOn !== 'error' && { failOn }),
  };
  return { gathered, rounds, diagnosis: run(chosen, gathered, about, suppressions) };
}

/** Whether only flags are seen of what this machine shows: a manifest whose files are elsewhere. */
const isAway = ({ apiserver }: Gathered): boolean => apiserver.ok && !apiserver.value.some(({ facts }) => facts.nodeFiles.ok);

const withoutApi = (source: Ask): Ask => {
  const ask: Ask = async (question) => (['api', 'connection', 'handshake'].includes(question.kind) ? ofAnother : source(question));
  return ask;
};
const ofAnother: Unavailable = {
  ok: false,
  why: 'excluded',
  message: 'the API, because the manifest may belong to another cluster than the kubeconfig: only the manifest was checked',
};

export const beginning = ({ name }: OpenSource): Event => ({
  kind: 'progress',
  message: name === 'live' ? 'reading the cluster and this node …' : `reading ${name} …`,
});
export const asked = (rounds: readonly number[]): Event => ({
  kind: 'progress',
  message: `asked ${rounds.join(' + ')} questions in ${rounds.length} rounds`,
});

/** What was gathered of one cluster, and its diagnosis. */
export interface Examined {
  readonly gathered: Gathered;
  readonly diagnosis: Diagnosis;
}
/** Everything about one cluster, once. */
async function look(source: OpenSource, how: Judging, options: DoctorOptions) {
  const seen = await diagnose(source, how, options, { alone: true, shown: [...reportFacts, ...certificateFacts] });
  const certificates = certificatesIn(seen.gathered, how.userOptions);
  return { ...seen, diagnosis: drawn(seen.gathered, { ...seen.diagnosis, certificates }, options) };
}
/** One cluster. Throws a UsageError for wrong options, and when there is nothing to check. */
export async function* examine(options: DoctorOptions, how: Judging, surroundings: Surroundings): AsyncGenerator<Event, Examined> {
  const source = yield* openSource(options, surroundings);
  yield beginning(source);
  const { rounds, ...seen } = await look(source, how, options);
  yield asked(rounds);
  yield* source.close();
  return seen;
}

/** The diagnoses, with what is to be said of the file of suppressions. */
export function remarked(seen: readonly Examined[], { suppressions }: Judging): readonly Diagnosis[] {
  const diagnoses = seen.map(({ diagnosis }) => diagnosis);
  const now = seen[0]?.gathered.cluster.now;
  return suppressions ? withRemarks(diagnoses, suppressions, now?.ok ? now.value : null) : diagnoses;
}

/** The whole diagnosis. Throws a UsageError for wrong options, and when there is nothing to check. */
export async function* doctor(options: DoctorOptions, surroundings: Repeating): AsyncGenerator<Event, Report> {
  const how = yield* judgingHere(options);
  const whole = <S extends Examined>(seen: S) => {
    const [diagnosis = seen.diagnosis] = remarked([seen], how);
    return { ...seen, diagnosis, checked: [], status: exitStatus(diagnosis, how.rules) };
  };
  if (options.wait !== undefined) {
    const limit = span('--wait', options.wait);
    refuseRepeating('--wait', options);
    const source = yield* openSource(options, surroundings);
    yield beginning(source);
    return yield* waiting(async (): Promise<Look> => whole(await look(source, how, options)), limit, how.rules, surroundings, problemsOf);
  }
  const { diagnosis, status } = whole(yield* examine(options, how, surroundings));
  return reportOf(diagnosis, status);
}

function refuseDowngrade({ cluster: { version, userOptions } }: Gathered, { targetVersion }: DoctorOptions): void {
  const target = userOptions.ok ? userOptions.value.targetVersion : undefined;
  if (version.ok && target !== undefined && target < version.value.minor)
    throw new UsageError(`--target-version ${targetVersion} is older than the current version ${version.value.text}`);
}

/** A named manifest must exist, and there must be something to check. */
export function refuseNothing(
  { cluster, apiserver }: Gathered,
  { name, manifest, incomplete }: OpenSource,
  { root = '/' }: DoctorOptions,
): void {
  if (manifest && !apiserver.ok)
    throw new UsageError(apiserver.why === 'excluded' ? `--manifest ${manifest} does not exist` : apiserver.message);
  if (cluster.connection.ok || apiserver.ok || apiserver.why !== 'excluded') return;
  if (incomplete) throw new UsageError(`${incomplete} What it holds is not enough to check anything: record again`);
  throw new UsageError((self) =>
    name === 'live'
      ? `nothing to check: found no kubeconfig, and no kube-apiserver manifest under ${root}. Use --kubeconfig or --root, or try: ${self} doctor --demo`
      : `nothing to check in ${name}: it holds neither answers from an API nor a kube-apiserver manifest`,
  );
}
