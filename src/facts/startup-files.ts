/** Files beside the front proxy's that decide whether kube-apiserver starts: egress selector, authentication, the manifest's neighbours. */
import { parse } from 'yaml';
import { manifestPaths } from '../distributions/places.ts';
import type { Ask, EgressSelector, Flags, Observed, Place } from '../model.ts';
import { hostPathOf, type Manifest, readManifest, type VolumeMount } from './shared/read-manifest.ts';

/** kubelet loads every file of these folders. */
export const manifestFolders = [...new Set(manifestPaths.map((path) => path.slice(0, path.lastIndexOf('/'))))];

/** The folder of a manifest, and what lies beside it. */
export interface Folder {
  readonly path: string;
  readonly entries: readonly string[];
}

/** The places of the other manifests in the folder that run kube-apiserver. kubelet loads each file whose name has no dot in front. */
export async function duplicateManifests(ask: Ask, manifest: Manifest, folder: Folder): Promise<Observed<readonly Place[]>> {
  const { at } = manifest;
  const others = folder.entries.map((name) => ({ name, path: `${folder.path}/${name}` }));
  const asked = others.filter(({ name, path }) => !name.startsWith('.') && 'file' in at && path !== at.file);
  const places = await Promise.all(
    asked.map(async ({ path }): Promise<readonly Place[]> => {
      const answer = await ask({ kind: 'file', path });
      // To read YAML takes longer than all the rest.
      if (!answer.ok || answer.value.is !== 'text' || !answer.value.text.includes('kube-apiserver')) return [];
      const read = readManifest(answer.value.text, (line) => ({ ...at, file: path, line }));
      return typeof read === 'string' ? [] : [read.at];
    }),
  );
  return { ok: true, value: places.flat() };
}

/** `anonymous`: it has that field. */
export interface AuthenticationConfig {
  readonly at: Place;
  readonly anonymous: boolean;
}
export async function authenticationConfig(
  ask: Ask,
  flags: Flags,
  mounts: readonly VolumeMount[],
): Promise<Observed<AuthenticationConfig | null>> {
  const file = await configuration(ask, flags, 'authentication-config', mounts);
  if (!file.ok) return file;
  const object = file.value?.text === undefined ? null : objectIn(file.value.text);
  return { ok: true, value: file.value && object ? { at: file.value.at, anonymous: 'anonymous' in object } : null };
}

interface Selection {
  readonly name?: string;
  readonly connection?: { readonly proxyProtocol?: string; readonly transport?: { readonly uds?: { readonly udsName?: string } } };
}
/** Reads the file as k8s.io/apiserver, pkg/server/egressselector/config.go (v0.37.2) does, and asks for its sockets. */
export async function egressSelector(ask: Ask, flags: Flags, mounts: readonly VolumeMount[]): Promise<Observed<EgressSelector | null>> {
  const file = await configuration(ask, flags, 'egress-selector-config-file', mounts);
  if (!file.ok || file.value === null) return file as Observed<null>;
  const { at, path, text } = file.value;
  const failed = (fault: string) => ({ ok: true as const, value: { at, path, fault, cluster: false, sockets: [] } });
  if (text === undefined)
    return failed(`unable to read egress selector configuration from "${path}" [open ${path}: no such file or directory]`);
  const object = objectIn(text);
  if (!object) return failed('it is not a YAML object');
  if (object.kind !== 'EgressSelectorConfiguration') return failed(`no kind "${String(object.kind)}" is registered`);
  const selections: readonly Selection[] = Array.isArray(object.egressSelections) ? object.egressSelections : [];
  const stranger = selections.find(({ name }) => !names.includes(String(name)));
  if (stranger) return failed(`Unsupported value: "${stranger.name}": supported values: "cluster", "controlplane", "etcd"`);
  const bare = selections.find(({ connection }) => /^(GRPC|HTTPConnect)$/.test(connection?.proxyProtocol ?? '') && !connection?.transport);
  if (bare) return failed(`Required value: transport must be set for ${bare.connection?.proxyProtocol}`);
  const cluster = selections.filter(({ name }) => name === 'cluster');
  const paths = cluster.flatMap(({ connection }) => connection?.transport?.uds?.udsName ?? []);
  const sockets = await Promise.all(paths.map(async (socket) => ({ path: socket, is: await stateOf(ask, socket, mounts) })));
  return { ok: true, value: { at, path, fault: null, cluster: cluster.length > 0, sockets } };
}
const names = ['cluster', 'controlplane', 'etcd'];

/** A socket is no file that could be read: whatever lies there but nothing is taken for one. */
async function stateOf(ask: Ask, socket: string, mounts: readonly VolumeMount[]): Promise<'absent' | 'not-mounted' | 'present'> {
  const hostPath = hostPathOf(socket, mounts);
  if (hostPath === null) return 'not-mounted';
  const answer = await ask({ kind: 'file', path: hostPath });
  return answer.ok && answer.value.is === 'absent' ? 'absent' : 'present';
}

interface Configuration {
  readonly at: Place;
  /** In the container. */
  readonly path: string;
  /** undefined: there is none. */
  readonly text: string | undefined;
}
/** The file that a flag names; null when the flag is not set. */
async function configuration(
  ask: Ask,
  flags: Flags,
  name: string,
  mounts: readonly VolumeMount[],
): Promise<Observed<Configuration | null>> {
  const flag = flags.byName[name];
  if (!flag?.value) return { ok: true, value: null };
  const hostPath = hostPathOf(flag.value, mounts);
  if (hostPath === null) return { ok: true, value: { at: flag.at, path: flag.value, text: undefined } };
  const answer = await ask({ kind: 'file', path: hostPath });
  if (!answer.ok) return answer;
  const text = answer.value.is === 'text' ? answer.value.text : undefined;
  const node = 'node' in flags.at && flags.at.node ? { node: flags.at.node } : {};
  return { ok: true, value: { at: text === undefined ? flag.at : { file: hostPath, ...node }, path: flag.value, text } };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
