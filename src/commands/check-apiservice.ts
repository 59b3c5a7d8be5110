/** `aggctl check-apiservice`: the path of a request through the APIServices that are named, hop by hop. */
import { checks } from '../checks/index.ts';
import { exitStatus } from '../exit-code.ts';
import type { CheckedApiService, Event, ExitStatus, Gathered, Report, Table } from '../model.ts';
import { concerning } from '../run/concerning.ts';
import type { Diagnosis } from '../run/index.ts';
import { UsageError } from '../usage-error.ts';
import { apiServiceName, nearNames } from './api-service-names.ts';
import { apiServiceTable } from './api-service-table.ts';
import { asked, beginning, type DoctorOptions, diagnose, type Judging, judging, reportOf } from './doctor.ts';
import { type OpenSource, openSource, type Surroundings } from './open-source.ts';
import { waiting, watching } from './repeat.ts';
import { span } from './spans.ts';

export interface CheckOptions extends DoctorOptions {
  /** `wide` and `name` are lists, whatever is named. */
  readonly output?: string;
  readonly all?: boolean;
  readonly unavailable?: boolean;
  readonly wait?: string;
  readonly watch?: boolean;
  readonly history?: boolean;
}
export interface Repeating extends Surroundings {
  readonly now: () => Date;
  /** Milliseconds; returns early when the signal comes. */
  readonly sleep: (ms: number) => Promise<void>;
}
/** One look: the diagnosis of what is named, its exit status, and how many questions each wave asked. */
export interface Look {
  readonly gathered: Gathered;
  readonly diagnosis: Diagnosis;
  readonly checked: readonly CheckedApiService[];
  readonly status: ExitStatus;
  readonly waves: readonly number[];
}

/**
 * A report on what is named (`names`, `--all`, `--unavailable`), else the list of the remote APIServices. Throws a UsageError for wrong
 * options, for a name that does not exist, and when there is nothing to look at.
 */
export async function* checkApiService(
  names: readonly string[],
  given: CheckOptions,
  surroundings: Repeating,
): AsyncGenerator<Event, Report | Table> {
  const targets = targetsOf(names, given);
  // One look goes as far as it can; of many each would open a tunnel to every pod.
  const once = targets !== null && given.wait === undefined && !given.watch;
  const options = { ...given, ...(once && { portForward: true }) };
  const how = judging(options);
  const limit = options.wait === undefined ? null : span('--wait', options.wait);
  const judged: Judging = {
    ...how,
    choices: { ...how.choices, ...(targets && { targets }), ...(options.history && { history: true }) },
  };
  const source = await openSource(options, surroundings);
  const look = () => lookAt(source, judged, options, targets);
  yield beginning(source);
  if (limit !== null) return yield* waiting(look, limit, judged.rules, surroundings);
  if (options.watch) return yield* watching(look, surroundings);
  const seen = await look();
  yield asked(seen.waves);
  await source.close();
  refuseUnknown(seen);
  if (!targets || listed(options)) {
    yield* remarks(seen);
    return apiServiceTable(seen, { wide: options.output === 'wide' });
  }
  return reportOf(seen.diagnosis, seen.status);
}

/** Why a list is empty. */
function* remarks({ gathered: { apiservice } }: Look): Generator<Event> {
  if (!apiservice.ok)
    yield { kind: 'warning', message: `the APIServices could not be listed: ${apiservice.message || 'the API cannot be asked'}` };
  else if (apiservice.value.length === 0)
    yield { kind: 'hint', message: 'no APIService is served by a Service: kube-apiserver answers for all by itself' };
}

const listed = ({ output }: CheckOptions): boolean => output === 'wide' || output === 'name';

/** null: nothing is named. */
function targetsOf(names: readonly string[], options: CheckOptions): readonly string[] | 'all' | 'unavailable' | null {
  const { all, unavailable, wait, watch, snapshot, record, demo, output } = options;
  if ([names.length > 0, all, unavailable].filter(Boolean).length > 1)
    throw new UsageError('name APIServices, or give --all or --unavailable: one of them');
  const repeats = wait === undefined ? (watch ? '--watch' : null) : '--wait';
  if (repeats) {
    if (wait !== undefined && watch) throw new UsageError('--wait and --watch exclude each other: one ends, the other does not');
    if (snapshot || demo !== undefined)
      throw new UsageError(`${repeats} asks a live cluster again and again: leave out ${snapshot ? '--snapshot' : '--demo'}`);
    if (record) throw new UsageError(`--record keeps one look, and ${repeats} takes many: leave out one of them`);
    if (names.length === 0 && !all) throw new UsageError(`${repeats} needs the name of an APIService, or --all`);
    if (listed(options)) throw new UsageError(`-o ${output} is a list, and ${repeats} makes none`);
    if (watch && (output === 'json' || output === 'yaml'))
      throw new UsageError(`--watch never ends, and -o ${output} is one document: take -o jsonl`);
  }
  if (all) return 'all';
  if (unavailable) return 'unavailable';
  return names.length > 0 ? [...new Set(names.map(apiServiceName))] : null;
}

export async function lookAt(
  source: OpenSource,
  judged: Judging,
  options: CheckOptions,
  targets: ReturnType<typeof targetsOf>,
): Promise<Look> {
  const { gathered, waves, diagnosis: whole } = await diagnose(source, judged, options);
  const remote = gathered.apiservice.ok ? gathered.apiservice.value : [];
  const failing = remote.filter(({ facts: { failure, division } }) => (failure.ok && failure.value) || (division.ok && division.value));
  const chosen = targets === 'unavailable' ? failing : remote;
  const names = Array.isArray(targets) ? targets : chosen.map(({ subject }) => subject.name);
  const diagnosis = concerning(checks, gathered, whole, names);
  return { gathered, diagnosis, checked: diagnosis.apiservices ?? [], status: exitStatus(diagnosis, judged.rules), waves };
}

function refuseUnknown({ checked, gathered: { apiservice, cluster } }: Look): void {
  const absent = checked.find(({ state }) => state === 'absent')?.name;
  if (absent === undefined) return;
  const remote = apiservice.ok ? apiservice.value.map(({ subject }) => subject.name) : [];
  const all = cluster.apiServices.ok ? cluster.apiServices.value.map(({ name }) => name) : [];
  const near = nearNames(absent, all.length > 0 ? all : remote);
  throw new UsageError(
    `there is no APIService '${absent}'${near.length > 0 ? ` (did you mean ${near.join(', ')}?)` : ''}; see: aggctl check-apiservice`,
  );
}
