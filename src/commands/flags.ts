/** `aggctl flags`: the aggregation-layer flags of each kube-apiserver, and where they were read. */
import { gather } from '../facts/gather.ts';
import { aggregationFlags } from '../facts/shared/aggregation-flags.ts';
import type { Event, Flag, Flags, Place, Table, Unavailable } from '../model.ts';
import { UsageError } from '../usage-error.ts';
import { incompleteness, openSource, type SourceOptions } from './open-source.ts';
import type { Surroundings } from './surroundings.ts';

/** One row for each flag of each kube-apiserver. Throws a UsageError when no flags are visible. */
export async function* flags(options: SourceOptions, surroundings: Surroundings): AsyncGenerator<Event, Table> {
  const source = await openSource(options, surroundings);
  const { gathered } = await gather(source.asks, {
    userOptions: {},
    ...(source.manifest && { manifest: source.manifest }),
    ...(!options.record && { wanted: ['flags'] }),
  });
  yield* source.close();
  const { apiserver } = gathered;
  if (!apiserver.ok) throw new UsageError(`cannot read kube-apiserver's flags: ${source.incomplete ?? unseen(apiserver)}`);
  yield* incompleteness(source);
  const items = apiserver.value.flatMap(({ subject, facts }) =>
    facts.flags.ok ? aggregationFlags.map((known) => itemOf(subject.name, facts.flags.ok ? facts.flags.value : null, known)) : [],
  );
  const several = apiserver.value.length > 1;
  return {
    schemaVersion: 1,
    kind: 'Flags',
    columns: [...(several ? ['NODE'] : []), 'FLAG', 'VALUE', 'READ AT', 'PURPOSE'],
    rows: items.map(({ node, flag, value, at, purpose, missing }) => [
      ...(several ? [node] : []),
      `--${flag}`,
      value ?? (missing ? '(missing)' : '(not set)'),
      at ? placed(at) : '',
      purpose,
    ]),
    items,
  };
}

function unseen({ because, onNode, message }: Unavailable): string {
  if (because) return 'the API does not answer, and there is no manifest here';
  return onNode ? 'its manifest is not visible here; on a control-plane node, run: sudo aggctl flags' : message;
}

function itemOf(node: string, read: Flags | null, known: (typeof aggregationFlags)[number]) {
  const flag: Flag | undefined = read?.byName[known.name];
  const value = flag ? flag.value : null;
  return {
    node,
    flag: known.name,
    value,
    at: flag?.at ?? null,
    origin: read?.origin ?? null,
    purpose: known.purpose,
    missing: known.required && !value,
  };
}

const placed = (at: Place) => ('file' in at ? `${at.file}${at.line ? `:${at.line}` : ''}` : 'object' in at ? at.object : at.probe);
