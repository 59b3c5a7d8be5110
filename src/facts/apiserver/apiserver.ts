import { string } from '../../decode.ts';
import { nodeFilesOf, unseen } from '../../distributions/index.ts';
import type { CommandLine, Flags, Observed, Unavailable } from '../../model.ts';
import { evidence } from '../cluster/evidence.ts';
import { mirrorPods, type Pod } from '../cluster/mirror-pods.ts';
import { each, fact, maybe, type Scope } from '../engine/declare.ts';
import { type Local, local } from '../shared/local.ts';
import { readFlags } from '../shared/read-flags.ts';
import { type Manifest, readManifest } from '../shared/read-manifest.ts';
import { meant, readCommandLine } from './read-command-line.ts';

/** Which kube-apiservers there are: those whose files are seen, and those with mirror pods. Reports name it as their scope. */
export const apiservers = fact({
  name: 'apiserver',
  needs: { locals: each(local), pods: maybe(mirrorPods), evidence },
  read: ({ locals, pods, evidence }): Observed<readonly Apiserver[]> => {
    const joined = joinApiservers(
      locals.flatMap(({ observed }) => (observed.ok ? [observed.value] : [])),
      pods,
    );
    return joined.ok || joined.because ? joined : unseen({ ...evidence, kubeadm: false }, joined);
  },
});
export const apiserver: Scope<'apiserver', Apiserver> = {
  name: 'apiserver',
  list: apiservers,
  nameOf: ({ node }) => node,
  sourceOf: ({ local }) => local?.source ?? 0,
};

/** One kube-apiserver: on this node (`manifest`), or seen through the API (`mirror`), or both. */
export interface Apiserver {
  readonly node: string;
  readonly manifest: Observed<Manifest>;
  readonly flags: Flags;
  readonly mirror: Flags | null;
  readonly kubeadm: boolean;
  readonly image: string;
  readonly commandLine: CommandLine;
  /** What the source that shows this node's files gives; none for a mirror pod alone. */
  readonly local?: Local;
}

/**
 * Joins the manifests, one a source, with the mirror pods; a mirror pod is a node's when it advertises the same address. Of two sources on
 * one node the first holds.
 */
function joinApiservers(manifests: readonly Local[], pods: Observed<readonly Pod[]>): Observed<readonly Apiserver[]> {
  const mirrors = pods.ok ? pods.value.flatMap(mirrorOf) : [];
  const locals = manifests.flatMap((local) => (local.manifest.ok ? [{ ...localOf(local.manifest, local.filesAway, mirrors), local }] : []));
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

function localOf(manifest: Observed<Manifest> & { ok: true }, filesAway: boolean, mirrors: readonly Apiserver[]): Apiserver {
  const { value } = manifest;
  const flags: Flags = { origin: value.origin, at: value.at, byName: readFlags(value.arguments.map(meant)) };
  const address = (of: Flags) => of.byName['advertise-address']?.value;
  const mirror = mirrors.find((one) => address(one.flags) !== undefined && address(one.flags) === address(flags));
  const hostname = 'node' in value.at ? value.at.node : undefined;
  const commandLine = commandLineOf(value);
  return {
    node: mirror?.node ?? (filesAway ? (value.workload ?? 'another node') : (hostname ?? 'this node')),
    manifest,
    flags,
    mirror: mirror?.flags ?? null,
    kubeadm: value.kubeadm,
    image: value.image,
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
  const node = string(pod.spec?.nodeName) ?? pod.metadata?.name ?? '';
  const flags: Flags = { origin: 'mirror pod', at: { object: name }, byName: readFlags(manifest.arguments) };
  const labels = Object.entries(pod.metadata?.labels ?? {}).map((label) => label.join('='));
  const files: Unavailable = {
    ok: false,
    why: 'excluded',
    // One sentence for all nodes is said once.
    message: `the files that kube-apiserver's flags name: ${nodeFilesOf(labels, node)}`,
  };
  return [
    { node, manifest: files, flags, mirror: flags, kubeadm: manifest.kubeadm, image: manifest.image, commandLine: commandLineOf(manifest) },
  ];
}

const commandLineOf = ({ arguments: words, environment, image }: Manifest): CommandLine => readCommandLine({ words, environment, image });
