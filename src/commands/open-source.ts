/** Options → the source of answers: a live cluster and node, a snapshot, or a demo; recorded with `--record`. */
import { isAbsolute, relative, resolve } from 'node:path';
import type { Connection } from '../cluster/connect.ts';
import type { ClientOptions } from '../cluster/settings.ts';
import type { Ask, Event, Report } from '../model.ts';
import { packageFile, version } from '../package.ts';
import { sh } from '../sh.ts';
import type { Beside } from '../sources/record.ts';
import { UsageError } from '../usage-error.ts';
import { clientOptions } from './client-options.ts';
import type { NodeOptions } from './node-pods.ts';
import type { Surroundings } from './surroundings.ts';

/** Where the facts come from. */
export interface SourceOptions extends ClientOptions, NodeOptions {
  /** The directory that holds the node's files. */
  readonly root?: string;
  /** The manifest to read instead of the well-known paths. */
  readonly manifest?: string;
  /** Several: recordings of one cluster's control-plane nodes, checked together. */
  readonly snapshot?: string | readonly string[];
  /** true: the default demo. */
  readonly demo?: string | true;
  readonly record?: string;
  /** Allows `record` to replace an earlier recording. */
  readonly overwrite?: boolean;
  /** Allows port-forwarding to extension API servers where this is not a control-plane node. */
  readonly portForward?: boolean;
  /** Allows presenting the node's front-proxy certificate to extension API servers. */
  readonly asFrontProxy?: boolean;
}
export interface OpenSource {
  /** One, or one for each snapshot. */
  readonly asks: readonly Ask[];
  /** `live`, or the snapshots' paths. */
  readonly name: string;
  /** Of the snapshots those that another tool collected. */
  readonly collected?: NonNullable<Report['collected']>;
  /** Path of the manifest under the root, if the user named one. */
  readonly manifest?: string;
  /** Why a snapshot does not hold everything that was asked, in a sentence; null: it does. */
  readonly incomplete: string | null;
  /** Completes a recording, and says where it is; with status 3 that it could not be written. */
  readonly close: () => AsyncGenerator<Event>;
}

/** The demos that ship with aggctl: recordings of real control planes. */
export const demos = ['front-proxy-expired', 'allowed-names', 'wrong-cabundle', 'healthy'] as const;

/** Throws a UsageError when options contradict each other or name something that does not exist. */
export async function* openSource(options: SourceOptions, surroundings: Surroundings): AsyncGenerator<Event, OpenSource> {
  const replay = options.demo === undefined ? [options.snapshot ?? []].flat().map((path) => ({ path })) : [await demoFile(options.demo)];
  if (options.snapshot && options.demo !== undefined) throw new UsageError('--snapshot and --demo cannot be used together');
  if (options.overwrite && !options.record) throw new UsageError('--overwrite needs --record');
  if (replay.length > 0 && options.record) throw new UsageError('--record needs a live cluster: remove --snapshot or --demo');
  refuseNodes(options, replay.length > 0);
  if (options.namespace !== undefined)
    yield { kind: 'hint', message: `--namespace ${options.namespace} changes nothing: APIServices have no namespace` };
  return replay.length > 0 ? openSnapshots(replay, options) : yield* openLive(options, surroundings);
}

function refuseNodes({ nodes, nodeImage, nodeNamespace, root = '/', manifest }: SourceOptions, replayed: boolean): void {
  if (!nodes && (nodeImage !== undefined || nodeNamespace !== undefined))
    throw new UsageError(`${nodeImage === undefined ? '--node-namespace' : '--node-image'} needs --nodes`);
  if (!nodes) return;
  if (replayed) throw new UsageError('--nodes needs a live cluster: remove --snapshot or --demo');
  if (root !== '/' || manifest !== undefined)
    throw new UsageError(`--nodes reads the files of the control-plane nodes: remove ${manifest === undefined ? '--root' : '--manifest'}`);
}

interface Replayed {
  readonly path: string;
  /** Of a demo, which need not be a file. */
  readonly content?: Buffer;
}

async function demoFile(name: string | true): Promise<Replayed> {
  const chosen = name === true ? demos[0] : name;
  if (!(demos as readonly string[]).includes(chosen)) {
    throw new UsageError(`demo '${chosen}' not found; the demos are ${demos.join(', ')}`);
  }
  const path = `demo/${chosen}.jsonl`;
  return { path, content: await packageFile(path) };
}

async function openSnapshots(files: readonly Replayed[], { manifest, demo }: SourceOptions): Promise<OpenSource> {
  const { snapshot } = await import('../sources/snapshot.ts');
  const opened = await Promise.all(
    files.map(async ({ path, content }) => {
      const opened = await snapshot(path, content);
      if (!opened.ok) throw new UsageError(opened.message);
      return { ...opened.value, path };
    }),
  );
  const cut = opened.find(({ incomplete }) => incomplete !== null);
  const name = demo === undefined ? files.map(({ path }) => path).join(', ') : `demo ${demo === true ? demos[0] : demo}`;
  const collected = opened.flatMap(({ path, collected: how }) => (how ? [{ path, ...how }] : []));
  return {
    asks: opened.map(({ ask }) => ask),
    name,
    ...(collected.length > 0 && { collected }),
    ...(manifest && { manifest }),
    incomplete: cut ? `The snapshot ${cut.path} is incomplete: ${cut.incomplete}.` : null,
    close: nothing,
  };
}

async function* openLive(options: SourceOptions, surroundings: Surroundings): AsyncGenerator<Event, OpenSource> {
  const { signal, amongOthers = false } = surroundings;
  const root = resolve(options.root ?? '/');
  const [{ connect }, { live }] = await Promise.all([import('../cluster/connect.ts'), import('../sources/live.ts')]);
  const connection = await connect(clientOptions(options), { ...surroundings, root });
  if (!connection.ok) throw new UsageError(connection.problem);
  const { portForward = false, asFrontProxy: frontProxy = false } = options;
  const here = live({ connection: connection.value, root, signal, portForward, frontProxy });
  const ask = amongOthers ? asOnLaptop(here) : here;
  const top = await ask({ kind: 'dir', path: '/' });
  if (top.ok && top.value.is === 'absent') throw new UsageError(`--root ${options.root} is not a directory`);
  const manifest = options.manifest === undefined ? {} : { manifest: underRoot(options.manifest, root) };
  const seen = options.nodes ? yield* openNodes(connection.value, ask, options, surroundings) : { asks: [ask], beside: [], unseen: null };
  const about = { name: 'live', ...manifest, incomplete: seen.unseen };
  const [first, ...others] = seen.asks as [Ask, ...Ask[]];
  if (!options.record) return { asks: seen.asks, ...about, close: nothing };
  const kept = await openRecord(first, options.record, { ...options, ...surroundings, beside: seen.beside });
  return { asks: [kept.ask, ...others], ...about, close: kept.close };
}

/** As on a machine that is no node of the cluster: has none of its files. */
function asOnLaptop(source: Ask): Ask {
  const ask: Ask = async (question) =>
    ['file', 'dir', 'key'].includes(question.kind) && !('path' in question && question.path === '/')
      ? { ok: true, value: { is: 'absent' } as never }
      : source(question);
  return ask;
}

interface Recorded {
  readonly overwrite?: boolean;
  readonly beside: readonly Beside[];
  readonly signal: AbortSignal;
  readonly called?: string;
}
async function openRecord(ask: Ask, file: string, { overwrite = false, beside, signal, called = 'aggctl' }: Recorded) {
  const [{ record }, { keeper }] = await Promise.all([import('../sources/record.ts'), import('../facts/kept/index.ts')]);
  const recording = await record(ask, file, { version, keep: keeper(), overwrite, beside });
  if (!recording.ok) throw new UsageError(recording.message);
  const { files, finish } = recording.value;
  const close = async function* (): AsyncGenerator<Event> {
    // What was asked after an interruption was answered by nobody.
    if (signal.aborted) return;
    const kept = await finish(signal);
    const again = [sh`${called.split(' ')} doctor`, ...files.map((one) => sh`--snapshot ${one}`)].join(' ');
    yield kept.ok
      ? { kind: 'hint', message: `${kept.value} answers were recorded; show them again: ${again}` }
      : { kind: 'warning', message: kept.message, status: 3 };
  };
  return { ask: recording.value.ask, close };
}

/** The sources of the cluster with its control-plane nodes, and the recordings of all nodes but the first. */
async function* openNodes(connection: Connection | null, ask: Ask, options: SourceOptions, surroundings: Surroundings) {
  if (!connection) throw new UsageError('--nodes needs a cluster: set --kubeconfig or KUBECONFIG');
  const [{ seeNodes }, { together }] = await Promise.all([import('./node-pods.ts'), import('../sources/together.ts')]);
  const { recordings, unseen } = yield* seeNodes(connection, ask, options, surroundings);
  const beside = recordings.slice(1).map(({ node, text }) => ({ node, text }));
  return { asks: await together(ask, recordings), beside, unseen };
}

async function* nothing(): AsyncGenerator<Event> {}

/** For a command whose result does not say it itself. */
export function* incompleteness({ incomplete }: OpenSource, allowed = false): Generator<Event> {
  if (incomplete) yield { kind: 'warning', message: incomplete, ...(!allowed && { status: 3 }) };
}

/** The manifest's path on the node: its mounts name paths on the node, too. */
function underRoot(manifest: string, root: string): string {
  const inside = relative(root, resolve(manifest));
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new UsageError(`--manifest ${manifest} is not under --root ${root}, which holds the files that it names`);
  }
  return `/${inside}`;
}
