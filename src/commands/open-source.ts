/** Options → the source that answers: a live cluster and node, a snapshot, or a demo; recorded when asked for. */
import { isAbsolute, relative, resolve } from 'node:path';
import type { ClientOptions } from '../cluster/settings.ts';
import type { Ask } from '../model.ts';
import { packageFile, version } from '../package.ts';
import { UsageError } from '../usage-error.ts';

/** Where the facts come from. */
export interface SourceOptions extends ClientOptions {
  /** The folder under which the node's files lie. */
  readonly root?: string;
  /** The manifest to read, in place of the well-known paths. */
  readonly manifest?: string;
  /** Several: recordings of one cluster's control-plane nodes, judged together. */
  readonly snapshot?: string | readonly string[];
  /** true: the default demo. */
  readonly demo?: string | true;
  readonly record?: string;
  /** Extension servers may be dialled by port-forward where this is no control-plane node. */
  readonly portForward?: boolean;
  /** The front-proxy pair of the node may be presented to extension servers. */
  readonly asFrontProxy?: boolean;
}
/** Given to every command beside its options. */
export interface Surroundings {
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}
export interface OpenSource {
  /** One; of several snapshots one each. */
  readonly asks: readonly Ask[];
  /** `live`, or the snapshots' paths. */
  readonly name: string;
  /** Path of the manifest under the root, when the user named one. */
  readonly manifest?: string;
  /** Completes a recording. */
  readonly close: () => Promise<void>;
}

/** The demos that ship with aggctl: recordings of real control planes. */
export const demos = ['front-proxy-expired', 'allowed-names', 'wrong-cabundle', 'healthy'] as const;

/** Throws a UsageError when the options contradict each other or name something that is not there. */
export async function openSource(options: SourceOptions, surroundings: Surroundings): Promise<OpenSource> {
  const replay = options.demo === undefined ? [options.snapshot ?? []].flat() : [demoFile(options.demo)];
  if (options.snapshot && options.demo !== undefined) throw new UsageError('--snapshot and --demo exclude each other: name one');
  if (replay.length > 0 && options.record)
    throw new UsageError('--record keeps what a live cluster answers: leave out --snapshot or --demo');
  return replay.length > 0 ? openSnapshots(replay, options) : openLive(options, surroundings);
}

function demoFile(name: string | true): string {
  const chosen = name === true ? demos[0] : name;
  if (!(demos as readonly string[]).includes(chosen)) {
    throw new UsageError(`there is no demo '${chosen}'; there are ${demos.join(', ')}`);
  }
  return packageFile('demo', `${chosen}.jsonl`);
}

async function openSnapshots(paths: readonly string[], { manifest, demo }: SourceOptions): Promise<OpenSource> {
  const { snapshot } = await import('../sources/snapshot.ts');
  const asks = await Promise.all(
    paths.map(async (path) => {
      const opened = await snapshot(path);
      if (!opened.ok) throw new UsageError(opened.message);
      return opened.value;
    }),
  );
  const name = demo === undefined ? paths.join(', ') : `demo ${demo === true ? demos[0] : demo}`;
  return { asks, name, ...(manifest && { manifest }), close: async () => {} };
}

async function openLive(options: SourceOptions, { signal, env }: Surroundings): Promise<OpenSource> {
  const root = resolve(options.root ?? '/');
  const [{ connect }, { live }] = await Promise.all([import('../cluster/connect.ts'), import('../sources/live.ts')]);
  const connection = await connect(clientOptions(options), { env, root });
  if (!connection.ok) throw new UsageError(connection.problem);
  const ask = live({
    connection: connection.value,
    root,
    signal,
    portForward: options.portForward ?? false,
    frontProxy: options.asFrontProxy ?? false,
  });
  const top = await ask({ kind: 'dir', path: '/' });
  if (top.ok && top.value.is === 'absent') throw new UsageError(`--root ${options.root} is not a folder`);
  const manifest = options.manifest === undefined ? {} : { manifest: underRoot(options.manifest, root) };
  if (!options.record) return { asks: [ask], name: 'live', ...manifest, close: async () => {} };
  const { record } = await import('../sources/record.ts');
  const recording = await record(ask, options.record, { version });
  if (!recording.ok) throw new UsageError(recording.message);
  const close = async () => {
    // What was asked after an interrupt was answered by nobody.
    if (signal.aborted) return;
    const kept = await recording.value.finish();
    if (!kept.ok) throw new UsageError(kept.message);
  };
  return { asks: [recording.value.ask], name: 'live', ...manifest, close };
}

const clientOptionNames = [
  'kubeconfig',
  'context',
  'cluster',
  'user',
  'server',
  'token',
  'as',
  'asGroup',
  'asUid',
  'requestTimeout',
  'tlsServerName',
  'insecureSkipTlsVerify',
  'certificateAuthority',
  'clientCertificate',
  'clientKey',
] as const satisfies readonly (keyof ClientOptions)[];

/** kubectl's options alone. */
export const clientOptions = (options: ClientOptions): ClientOptions =>
  Object.fromEntries(clientOptionNames.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])));

/** Files are asked for by their path on the node, and a manifest's mounts lead to such paths. */
function underRoot(manifest: string, root: string): string {
  const inside = relative(root, resolve(manifest));
  if (inside.startsWith('..') || isAbsolute(inside)) {
    throw new UsageError(`--manifest ${manifest} does not lie under --root ${root}, whose files it would be judged with`);
  }
  return `/${inside}`;
}
