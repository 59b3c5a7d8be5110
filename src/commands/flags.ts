/** `aggctl flags`: the aggregation-layer flags of each kube-apiserver, and where they were read. */
import type { Gathered } from '../check.ts';
import { gather } from '../facts/gather.ts';
import { aggregationFlags, type Event, type Flag, type Flags, type Place, type Table, type Unavailable } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { incompleteness, openSource, type SourceOptions } from './open-source.ts';
import type { Surroundings } from './surroundings.ts';

/** One row for each flag of each kube-apiserver. Throws a UsageError when no flags are visible. */
export async function* flags(options: SourceOptions, surroundings: Surroundings): AsyncGenerator<Event, Table> {
  const source = yield* openSource(options, surroundings);
  const { gathered } = await gather(source.asks, {
    userOptions: {},
    ...(source.manifest && { manifest: source.manifest }),
    ...(!options.record && { wanted: ['flags', 'connection', 'version'] }),
  });
  yield* source.close();
  const { apiserver } = gathered;
  const failed = apiFailure(gathered);
  if (!apiserver.ok && (source.manifest || failed === null))
    throw new UsageError(`cannot read kube-apiserver's flags: ${source.incomplete ?? unseen(apiserver)}`);
  yield* incompleteness(source);
  if (failed !== null) yield { kind: apiserver.ok ? 'hint' : 'warning', message: failed };
  const servers = apiserver.ok ? apiserver.value : [];
  const items = servers.flatMap(({ subject, facts: { flags } }) =>
    flags.ok ? aggregationFlags.map((known) => itemOf(subject.name, flags.value, known)) : [],
  );
  const several = servers.length > 1;
  return {
    schemaVersion: 1,
    kind: 'Flags',
    columns: [...(several ? ['NODE'] : []), 'FLAG', 'VALUE', ...['READ AT', 'PURPOSE'].map((name) => ({ name, only: 'room' as const }))],
    rows: items.map(({ node, flag, value, at, purpose, missing }) => [
      ...(several ? [node] : []),
      `--${flag}`,
      missing ? { text: value === '' ? '"" (missing)' : '(missing)', tone: 'error' } : shownValue(value),
      at ? placed(at) : '',
      purpose,
    ]),
    items,
    ...(failed !== null && !apiserver.ok && { incomplete: failed, exitStatus: 3 as const }),
  };
}

/** What the API would show, and why it does not. null: it does, or there is none. */
function apiFailure({ cluster: { connection, version }, apiserver }: Gathered): string | null {
  if (connection.ok && !version.ok && !version.alone) return `not checked: what only kube-apiserver shows: ${version.message}`;
  const refused = !apiserver.ok && (apiserver.why === 'denied' || apiserver.why === 'unreachable');
  return refused ? `not checked: kube-apiserver's flags: ${apiserver.message}` : null;
}

function unseen({ because, onNode, message }: Unavailable): string {
  if (because) return 'the API does not answer, and there is no manifest here';
  return onNode ? 'its manifest is not visible here; on a control-plane node, run: sudo aggctl flags' : message;
}

function itemOf(node: string, read: Flags, known: (typeof aggregationFlags)[number]) {
  const flag: Flag | undefined = read.byName[known.name];
  const value = flag ? flag.value : null;
  return {
    node,
    flag: known.name,
    value,
    at: flag?.at ?? null,
    origin: read.origin,
    purpose: known.purpose,
    missing: known.required && !value,
  };
}

const shownValue = (value: string | null): string => (value === '' ? '""' : (value ?? '(not set)'));
const placed = (at: Place) => ('file' in at ? `${at.file}${at.line ? `:${at.line}` : ''}` : 'object' in at ? at.object : at.probe);
