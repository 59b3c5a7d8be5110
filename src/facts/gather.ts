/** Sources → the facts that somebody wants, of every subject. */
import { apiPath } from '../api-path.ts';
import type { FactName, Gathered } from '../check.ts';
import type { Ask, ManifestObject, Observed, Subject, UserOptions } from '../model.ts';
import { apiserver, apiservers } from './apiserver/apiserver.ts';
import { apiservice, remoteApiServices } from './apiservice/apiservice.ts';
import { strangers } from './cluster/two-clusters.ts';
import { differentUids, readUid, uid } from './cluster/uid.ts';
import { version, versionInfo } from './cluster/version.ts';
import { each, type Fact } from './engine/declare.ts';
import { type Asked, begin, type Engine } from './engine/engine.ts';
import { facts } from './index.ts';
import { userOptions as chosen, manifests as manifestObjects, manifestPath, nodes } from './shared/inputs.ts';
import { get } from './shared/kubernetes.ts';

export interface GatherOptions {
  readonly userOptions: UserOptions;
  /** The manifest to judge, in place of the well-known static pod paths. */
  readonly manifest?: string;
  /** What the source answers from, where that is manifests. */
  readonly manifests?: readonly ManifestObject[];
  /** Only these facts, and what they need, are asked for; the default is all. */
  readonly wanted?: readonly string[];
}
/** The facts; and, when what the sources show is not shown to be one cluster, the sentence that says so. */
export interface GatheredHere {
  readonly gathered: Gathered;
  readonly mismatch: string | null;
  /** How many questions each round asked; their number is the latency in round trips. */
  readonly rounds: readonly number[];
  /** Which fact asked what. */
  readonly asked: readonly Asked[];
}

/**
 * Never throws; what cannot be had is an `Unavailable` in its place. Of several sources each is asked for the files of its node, and the
 * newest whose API answers for all that the API shows.
 */
export async function gather(sources: readonly Ask[], { userOptions, manifest, manifests, wanted }: GatherOptions): Promise<GatheredHere> {
  const ordered = await newestFirst(sources);
  const given: readonly (readonly [Fact, unknown])[] = [
    [chosen, userOptions],
    [manifestPath, manifest ?? null],
    [manifestObjects, manifests ?? []],
    [nodes, ordered.map((_, index) => index)],
  ];
  const engine = begin({ sources: ordered, given: new Map(given), beneath: { api: version, handshake: version } });
  const names = (Object.keys(facts) as FactName[]).filter((name) => !wanted || wanted.includes(name));
  const of = (scope: string) => names.filter((name) => facts[name].of.name === scope);
  const [uids, foreign, cluster, ofApiservers, ofApiservices] = await Promise.all([
    // One source needs it only in a recording, which may be judged together with others.
    wanted && ordered.length === 1 ? [] : Promise.all(ordered.map((ask, index) => (index === 0 ? uidOf(engine) : readUid(ask)))),
    engine.get(strangers),
    Promise.all(of('cluster').map(async (name) => [name, await engine.get(facts[name] as Fact)] as const)),
    ofEach(engine, of('apiserver'), { scope: 'apiserver', list: apiservers, nameOf: apiserver.nameOf }),
    ofEach(engine, of('apiservice'), { scope: 'apiservice', list: remoteApiServices, nameOf: apiservice.nameOf }),
  ]);
  return {
    gathered: { cluster: Object.fromEntries(cluster), apiserver: ofApiservers, apiservice: ofApiservices } as unknown as Gathered,
    mismatch: differentUids(uids) ?? (foreign.ok ? foreign.value : null),
    rounds: roundsOf(engine.asked),
    asked: engine.asked,
  };
}

const uidOf = async (engine: Engine): Promise<string | null> => {
  const observed = await engine.get(uid);
  return observed.ok ? observed.value : null;
};

interface Subjects<I> {
  readonly scope: Subject['scope'];
  readonly list: Fact<readonly I[]>;
  nameOf(item: I): string;
}
type FactRecord = Readonly<Record<string, Observed<unknown>>>;
/** The subjects of a scope, each with its facts. */
async function ofEach<I>(
  engine: Engine,
  names: readonly FactName[],
  { scope, list, nameOf }: Subjects<I>,
): Promise<Observed<readonly { readonly subject: Subject; readonly facts: FactRecord }[]>> {
  const [subjects, ...columns] = await Promise.all([engine.get(list), ...names.map((name) => engine.get(each(facts[name] as Fact)))]);
  if (!subjects.ok) return subjects;
  const known = columns.map((column) => (column.ok ? column.value : []));
  const factsOf = (row: number) => Object.fromEntries(names.map((name, index) => [name, known[index]?.[row]?.observed]));
  return {
    ok: true,
    value: subjects.value.map((item, row) => ({ subject: { scope, name: nameOf(item) }, facts: factsOf(row) as FactRecord })),
  };
}

/** What is known without a round trip goes out with the first. */
function roundsOf(asked: readonly Asked[]): readonly number[] {
  const counts: number[] = [];
  for (const { round } of asked) {
    const index = Math.max(0, round - 1);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  return counts;
}

/** The sources, first the newest whose API answers, then the others by their age. One alone is asked nothing. */
async function newestFirst(sources: readonly Ask[]): Promise<readonly Ask[]> {
  if (sources.length < 2) return sources;
  const dated = await Promise.all(
    sources.map(async (ask) => {
      const [clock, version] = await Promise.all([ask({ kind: 'clock' }), get(ask, apiPath`/version`, versionInfo)]);
      return { ask, answers: version.ok, taken: clock.ok ? Date.parse(clock.value.time) : 0 };
    }),
  );
  return dated.sort((a, b) => Number(b.answers) - Number(a.answers) || b.taken - a.taken).map(({ ask }) => ask);
}
