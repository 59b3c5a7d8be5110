/** Which kube-apiservers there are: the one that runs here (readers/), those with mirror pods; and what `/flagz` says of them. */
import { nodeFilesOf } from '../distributions/index.ts';
import type { Ask, CommandLine, Flags, Observed, Place, Unavailable } from '../model.ts';
import { meant, readCommandLine } from './apiserver/read-command-line.ts';
import { get, type KubernetesObject } from './shared/kubernetes.ts';
import { readFlags, readFlagz } from './shared/read-flags.ts';
import { type Manifest, readManifest } from './shared/read-manifest.ts';
import type { Local } from './this-node.ts';

/** The static pods of kubeadm and of its kin; kubelet copies a manifest's labels to its mirror pod. */
export const mirrorPodsPath = '/api/v1/namespaces/kube-system/pods?labelSelector=component%3Dkube-apiserver';
/** Those of kOps, and of Talos before 1.3, bear this label alone. kubernetes/kops, nodeup/pkg/model/kube_apiserver.go. */
export const otherMirrorPodsPath = '/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dkube-apiserver';

/** One kube-apiserver: on this node (`manifest`), or seen through the API (`mirror`), or both. */
export interface Apiserver {
  readonly node: string;
  readonly manifest: Observed<Manifest>;
  readonly flags: Flags;
  readonly mirror: Flags | null;
  readonly kubeadm: boolean;
  readonly commandLine: CommandLine;
  /** What the source that shows this node's files gives; none for a mirror pod alone. */
  readonly local?: Local;
}

export interface Pod extends KubernetesObject {
  readonly spec?: { readonly nodeName?: string };
}

/**
 * Joins the manifests, one a source, with the mirror pods; a mirror pod is a node's when it advertises the same address. Of two sources on
 * one node the first holds.
 */
export function joinApiservers(manifests: readonly Local[], pods: Observed<readonly Pod[]>): Observed<readonly Apiserver[]> {
  const mirrors = pods.ok ? pods.value.flatMap(mirrorOf) : [];
  const locals = manifests.flatMap((local) => (local.manifest.ok ? [{ ...localOf(local.manifest, mirrors), local }] : []));
  const found = [...locals, ...mirrors];
  const all = found.filter(({ node }, index) => found.findIndex((one) => one.node === node) === index).sort(byNode);
  if (all.length > 0) return { ok: true, value: all };
  const missing = manifests.flatMap(({ manifest }) => (manifest.ok ? [] : [manifest]));
  const unreadable = missing.find(({ why }) => why !== 'excluded');
  if (unreadable) return unreadable;
  // With the API down, the node's files are what is left to look at: say so.
  return pods.ok || pods.because ? (missing[0] as Unavailable) : pods;
}

const byNode = (a: Apiserver, b: Apiserver) => a.node.localeCompare(b.node, 'en', { numeric: true });

function localOf(manifest: Observed<Manifest> & { ok: true }, mirrors: readonly Apiserver[]): Apiserver {
  const { value } = manifest;
  const flags: Flags = { origin: value.origin, at: value.at, byName: readFlags(value.arguments.map(meant)) };
  const address = (of: Flags) => of.byName['advertise-address']?.value;
  const mirror = mirrors.find((one) => address(one.flags) !== undefined && address(one.flags) === address(flags));
  const hostname = 'node' in value.at ? value.at.node : undefined;
  const commandLine = commandLineOf(value);
  return {
    node: mirror?.node ?? hostname ?? 'this node',
    manifest,
    flags,
    mirror: mirror?.flags ?? null,
    kubeadm: value.kubeadm,
    commandLine,
  };
}

function mirrorOf(pod: Pod): Apiserver[] {
  const name = `Pod kube-system/${pod.metadata?.name}`;
  // Without its status and the rest, which only take time to read.
  const { name: podName, annotations } = pod.metadata ?? {};
  const text = JSON.stringify({ kind: 'Pod', metadata: { name: podName, annotations }, spec: pod.spec });
  const manifest = readManifest(text, () => ({ object: name, field: 'spec.containers' }));
  if (typeof manifest === 'string') return [];
  const node = pod.spec?.nodeName ?? pod.metadata?.name ?? '';
  const flags: Flags = { origin: 'mirror pod', at: { object: name }, byName: readFlags(manifest.arguments) };
  const labels = Object.entries(pod.metadata?.labels ?? {}).map((label) => label.join('='));
  const files: Unavailable = {
    ok: false,
    why: 'excluded',
    // One sentence for all nodes is said once.
    message: `the files that kube-apiserver's flags name: ${nodeFilesOf(labels, node)}`,
  };
  return [{ node, manifest: files, flags, mirror: flags, kubeadm: manifest.kubeadm, commandLine: commandLineOf(manifest) }];
}

const commandLineOf = ({ arguments: words, environment, image }: Manifest): CommandLine => readCommandLine({ words, environment, image });

/** What `/flagz` answers for as JSON, on 1.36 and later; `application/json` alone gets 406. */
const flagzAccept = 'application/json;v=v1beta1;g=config.k8s.io;as=Flagz, application/json;v=v1alpha1;g=config.k8s.io;as=Flagz';

/**
 * The flags of the running process. `/flagz` answers for whichever kube-apiserver was reached, so it is asked only at this one's own address:
 * the kubeconfig's server, or one that Service default/kubernetes announces (`host:port`); the mirror pod shows what kubelet has applied.
 */
export async function runningFlags(
  ask: Ask,
  server: string | null,
  { flags, mirror }: Apiserver,
  announced: readonly string[],
): Promise<Observed<Flags>> {
  const address = addressOf(flags);
  const notShown: Unavailable = {
    ok: false,
    why: 'excluded',
    message: 'the flags of the running process: neither /flagz at its own address nor a mirror pod shows them',
  };
  const isServer = server !== null && server.replace(/\/$/, '') === `https://${address}`;
  if (!isServer && !announced.includes(address)) return mirror ? { ok: true, value: mirror } : notShown;
  const answer = await get<{ flags?: Record<string, string> }>(ask, '/flagz', flagzAccept, isServer ? undefined : address);
  if (!answer.ok || !answer.value?.flags) return mirror ? { ok: true, value: mirror } : notShown;
  const at: Place = { probe: 'GET /flagz' };
  return { ok: true, value: { origin: 'flagz', at, byName: readFlagz(answer.value.flags, at) } };
}
/** `host:port` at which a kube-apiserver is reached by itself. */
export const addressOf = (flags: Flags): string =>
  hostPort(flags.byName['advertise-address']?.value ?? '', flags.byName['secure-port']?.value ?? '6443');
export const hostPort = (host: string, port: string | number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
