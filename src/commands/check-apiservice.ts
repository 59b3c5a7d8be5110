/** `aggctl check-apiservice`: the path of a request through the named APIServices, hop by hop. */
import { checks } from '../checks/index.ts';
import { exitStatus, reportOf } from '../exit-code.ts';
import type { Event, Report, Table } from '../model.ts';
import { formatOf } from '../render/formats.ts';
import { narrow } from '../run/narrow.ts';
import { pathFacts, reportFacts } from '../run/wanted.ts';
import { UsageError } from '../usage-error.ts';
import { apiServiceName } from './api-service-names.ts';
import { apiServiceTable } from './api-service-table.ts';
import { asked, beginning, type DoctorOptions, diagnose, remarked } from './doctor.ts';
import { drawn } from './drawings.ts';
import { type Judging, judgingHere } from './judging.ts';
import { incompleteness, type OpenSource, openSource } from './open-source.ts';
import { refuseRepeating, waiting, watching } from './repeat.ts';
import { similar } from './similar.ts';
import { span } from './spans.ts';
import type { Look, Repeating } from './surroundings.ts';

/** The formats `wide` and `name` always give a list. */
export interface CheckOptions extends DoctorOptions {
  readonly sortBy?: string;
  readonly all?: boolean;
  readonly unavailable?: boolean;
  readonly watch?: boolean;
  readonly history?: boolean;
  /** Confirms `--as-front-proxy` beforehand. */
  readonly yes?: boolean;
}

/**
 * A report on the chosen APIServices (`names`, `--all`, `--unavailable`), else the list of remote APIServices. Throws a UsageError for
 * wrong options, for a name that does not exist, and when there is nothing to check.
 */
export async function* checkApiService(
  names: readonly string[],
  given: CheckOptions,
  surroundings: Repeating,
): AsyncGenerator<Event, Report | Table> {
  const targets = targetsOf(names, given);
  // A single run may port-forward. Repeated runs would open a tunnel to every pod each time.
  const once = targets !== null && given.wait === undefined && !given.watch;
  const options = { ...given, ...(once && { portForward: true }) };
  const replayed = options.snapshot !== undefined || options.demo !== undefined;
  if (options.asFrontProxy) await confirmFrontProxy(targets, options, surroundings);
  const how = yield* judgingHere(options);
  const limit = options.wait === undefined ? null : span('--wait', options.wait);
  const judged: Judging = {
    ...how,
    userOptions: {
      ...how.userOptions,
      ...(targets && { targets }),
      ...(options.history && { history: true }),
      // A recording always shows the answers it holds.
      ...(once && (options.asFrontProxy || replayed) && { asFrontProxy: true }),
    },
  };
  const { namespace, ...others } = options;
  const source = yield* openSource(Array.isArray(targets) || namespace === undefined ? options : others, surroundings);
  const look = () => lookAt(source, judged, options, targets);
  yield beginning(source);
  if (limit !== null) return yield* waiting(look, limit, judged.rules, surroundings);
  if (options.watch) return yield* watching(look, surroundings);
  const seen = await look();
  yield asked(seen.rounds);
  yield* source.close();
  refuseUnknown(seen, source);
  refuseElsewhere(seen, options);
  if (!targets || listed(options)) {
    yield* incompleteness(source, options.allowIncomplete);
    yield* remarks(seen);
    const incomplete = [...(source.incomplete ? [source.incomplete] : []), ...(seen.diagnosis.unlisted ? [unlisted(seen)] : [])].join(' ');
    return { ...apiServiceTable(seen), ...(incomplete && { incomplete }) };
  }
  return reportOf(seen.diagnosis, seen.status);
}

/** Presenting the front-proxy certificate is more than reading, so it needs a confirmation. */
async function confirmFrontProxy(targets: ReturnType<typeof targetsOf>, options: CheckOptions, { confirm }: Repeating): Promise<void> {
  const { snapshot, demo, wait, watch, yes } = options;
  if (snapshot || demo !== undefined)
    throw new UsageError('--as-front-proxy needs live extension API servers; a recording shows the answers it holds without this option');
  if (targets === null) throw new UsageError('--as-front-proxy needs the name of an APIService, or --all');
  if (wait !== undefined || watch) throw new UsageError('--as-front-proxy runs once: remove --wait and --watch');
  if (yes) return;
  if (!confirm)
    throw new UsageError(
      "--as-front-proxy presents kube-apiserver's front-proxy certificate to extension API servers; there is no terminal to confirm this, so add --yes",
    );
  const receivers = Array.isArray(targets) ? targets.join(', ') : `${targets === 'all' ? 'all' : 'unavailable'} APIServices`;
  const sure = await confirm(
    `Present kube-apiserver's front-proxy certificate to the extension API servers of ${receivers}, in one GET /aggctl-probe each, as the user aggctl-probe?`,
  );
  if (!sure) throw new UsageError('--as-front-proxy was not confirmed, so no request was sent');
}

function refuseElsewhere({ gathered: { apiserver } }: Look, { asFrontProxy }: CheckOptions): void {
  const onNode = apiserver.ok && apiserver.value.some(({ facts }) => facts.nodeFiles.ok);
  if (asFrontProxy && !onNode)
    throw new UsageError('--as-front-proxy needs the front-proxy certificate and key of a control-plane node: run aggctl there with sudo');
}

/** Why a list is empty. */
function* remarks(seen: Look): Generator<Event> {
  const { apiservice } = seen.gathered;
  if (!apiservice.ok) yield { kind: 'warning', message: unlisted(seen) };
  else if (apiservice.value.length === 0)
    yield { kind: 'hint', message: 'no APIService has a Service: kube-apiserver serves all of them itself' };
}
const unlisted = ({ diagnosis }: Look): string => `cannot list APIServices: ${diagnosis.unlisted}`;

const listed = ({ output }: CheckOptions): boolean => formatOf(output).of?.includes('list') === true;

/** null: no APIService is named. */
function targetsOf(names: readonly string[], options: CheckOptions): readonly string[] | 'all' | 'unavailable' | null {
  const { all, unavailable, wait, watch, output } = options;
  if ([names.length > 0, all, unavailable].filter(Boolean).length > 1)
    throw new UsageError('use only one of APIService names, --all and --unavailable');
  if (options.sortBy && !listed(options) && (names.length > 0 || all || unavailable))
    throw new UsageError('--sort-by sorts the list of APIServices, not a report: remove it, or add -o wide');
  const repeats = wait === undefined ? (watch ? '--watch' : null) : '--wait';
  if (repeats) {
    if (wait !== undefined && watch) throw new UsageError('--wait and --watch cannot be used together');
    refuseRepeating(repeats, options);
    if (names.length === 0 && !all) throw new UsageError(`${repeats} needs the name of an APIService, or --all`);
    if (listed(options)) throw new UsageError(`-o ${output} prints a list, which ${repeats} cannot: remove one of them`);
    if (watch && formatOf(output).document) throw new UsageError(`--watch cannot print one ${output} document: use -o jsonl`);
    if (watch && options.outputFiles?.length)
      throw new UsageError('--watch does not end, so -o FORMAT=FILE would never be written: remove one of them');
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
  const seen = await diagnose(source, judged, options, { shown: [...reportFacts, ...pathFacts] });
  const { gathered, rounds } = seen;
  const [whole = seen.diagnosis] = remarked([seen], judged);
  const remote = gathered.apiservice.ok ? gathered.apiservice.value : [];
  // Of one of which nothing is known nobody can say that it is available.
  const failing = remote.filter(
    ({ facts: { failure, disagreement, differing } }) =>
      !failure.ok || failure.value || (disagreement.ok && disagreement.value) || (differing.ok && differing.value),
  );
  const { namespace } = options;
  const isWithin = ({ facts: { apiService } }: (typeof remote)[number]) =>
    namespace === undefined || (apiService.ok && apiService.value.service.namespace === namespace);
  if (!Array.isArray(targets) && gathered.apiservice.ok && namespace !== undefined && !remote.some(isWithin))
    throw new UsageError((self) => `no APIService has its Service in namespace '${namespace}'; see: ${self} check-apiservice`);
  const chosen = (targets === 'unavailable' ? failing : remote).filter(isWithin);
  const names = Array.isArray(targets) ? targets : chosen.map(({ subject }) => subject.name);
  const diagnosis = drawn(gathered, narrow(checks, gathered, whole, names), options);
  return { gathered, diagnosis, checked: diagnosis.apiservices ?? [], status: exitStatus(diagnosis, judged.rules), rounds };
}

function refuseUnknown({ checked, gathered: { apiservice, cluster } }: Look, { name, incomplete }: OpenSource): void {
  const absent = checked.find(({ state }) => state === 'absent')?.name;
  if (absent === undefined) return;
  const remote = apiservice.ok ? apiservice.value.map(({ subject }) => subject.name) : [];
  const all = cluster.apiServices.ok ? cluster.apiServices.value.map(({ name }) => name) : [];
  const near = similar(absent, all.length > 0 ? all : remote);
  throw new UsageError(
    (self) =>
      `APIService '${absent}' not found${incomplete ? ` in ${name}, which may not hold all of them` : ''}${near.length > 0 ? ` (did you mean ${near.join(', ')}?)` : ''}; see: ${self} check-apiservice`,
  );
}
