/** `aggctl check-apiservice`: the path of a request through the APIServices that are named, hop by hop. */
import { checks } from '../checks/index.ts';
import { exitStatus } from '../exit-code.ts';
import type { Event, Report, Table } from '../model.ts';
import { formatOf } from '../render/formats.ts';
import { narrow } from '../run/narrow.ts';
import { UsageError } from '../usage-error.ts';
import { apiServiceName, nearNames } from './api-service-names.ts';
import { apiServiceTable } from './api-service-table.ts';
import { asked, beginning, type DoctorOptions, diagnose, type Judging, judging, reportOf } from './doctor.ts';
import { type OpenSource, openSource } from './open-source.ts';
import { waiting, watching } from './repeat.ts';
import { span } from './spans.ts';
import type { Look, Repeating } from './surroundings.ts';

export interface CheckOptions extends DoctorOptions {
  /** `wide` and `name` are lists, whatever is named. */
  readonly output?: string;
  readonly all?: boolean;
  readonly unavailable?: boolean;
  readonly wait?: string;
  readonly watch?: boolean;
  readonly history?: boolean;
  /** Confirms `--as-front-proxy` beforehand. */
  readonly yes?: boolean;
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
  const replayed = options.snapshot !== undefined || options.demo !== undefined;
  if (options.asFrontProxy) await confirmFrontProxy(targets, options, surroundings);
  const how = judging(options);
  const limit = options.wait === undefined ? null : span('--wait', options.wait);
  const judged: Judging = {
    ...how,
    choices: {
      ...how.choices,
      ...(targets && { targets }),
      ...(options.history && { history: true }),
      // A recording shows what was asked when it was made.
      ...(once && (options.asFrontProxy || replayed) && { asFrontProxy: true }),
    },
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
  refuseElsewhere(seen, options);
  if (!targets || listed(options)) {
    yield* remarks(seen);
    return apiServiceTable(seen, { wide: options.output === 'wide' });
  }
  return reportOf(seen.diagnosis, seen.status);
}

/** To present the pair is more than to look: nobody does it by accident, and nobody else than who may read its key. */
async function confirmFrontProxy(targets: ReturnType<typeof targetsOf>, options: CheckOptions, { confirm }: Repeating): Promise<void> {
  const { snapshot, demo, wait, watch, yes } = options;
  if (snapshot || demo !== undefined)
    throw new UsageError('--as-front-proxy asks live extension servers; what a recording holds of it is shown without the option');
  if (targets === null) throw new UsageError('--as-front-proxy needs the name of an APIService, or --all');
  if (wait !== undefined || watch) throw new UsageError('--as-front-proxy asks once: leave out --wait and --watch');
  if (yes) return;
  if (!confirm)
    throw new UsageError(
      "--as-front-proxy presents kube-apiserver's front-proxy pair to extension servers, and there is no terminal to confirm it on: add --yes",
    );
  const whom = Array.isArray(targets) ? targets.join(', ') : `${targets === 'all' ? 'all' : 'unavailable'} APIServices`;
  const sure = await confirm(
    `Present kube-apiserver's front-proxy pair to the extension servers of ${whom}, in one GET of /aggctl-probe each, for the user aggctl-probe?`,
  );
  if (!sure) throw new UsageError('--as-front-proxy was not confirmed, so nothing was asked');
}

function refuseElsewhere({ gathered: { apiserver } }: Look, { asFrontProxy }: CheckOptions): void {
  const onNode = apiserver.ok && apiserver.value.some(({ facts }) => facts.nodeFiles.ok);
  if (asFrontProxy && !onNode)
    throw new UsageError('--as-front-proxy needs the front-proxy pair of a control-plane node: run it there, with sudo');
}

/** Why a list is empty. */
function* remarks({ gathered: { apiservice } }: Look): Generator<Event> {
  if (!apiservice.ok)
    yield { kind: 'warning', message: `the APIServices could not be listed: ${apiservice.message || 'the API cannot be asked'}` };
  else if (apiservice.value.length === 0)
    yield { kind: 'hint', message: 'no APIService is served by a Service: kube-apiserver answers for all by itself' };
}

const listed = ({ output }: CheckOptions): boolean => formatOf(output).list === true;

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
    if (watch && formatOf(output).document) throw new UsageError(`--watch never ends, and -o ${output} is one document: take -o jsonl`);
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
  const diagnosis = narrow(checks, gathered, whole, names);
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
