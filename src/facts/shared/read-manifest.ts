/** A manifest of a static pod or of a workload, or the Pod that mirrors one → the kube-apiserver container's arguments and volumes, each with its line. Pure. */
import { isMap, isScalar, isSeq, LineCounter, type Node, type YAMLMap } from 'yaml';
import { type Flags, type Place, type ProcessIdentity, typeOf } from '../../model.ts';
import { resolveAliases, yamlDocuments, yamlError } from '../../yaml.ts';
import { expandVariables, type Variables } from './expand-variables.ts';
import { type PodIn, podsIn } from './pods-in.ts';

/** One word of the command line and where it stands. */
export interface Word {
  readonly text: string;
  readonly at: Place;
  /** The environment variable that it names, and whose value is not visible here. */
  readonly unseen?: string;
}
export interface VolumeMount {
  readonly mountPath: string;
  readonly subPath: string;
  /** The node's path, or null when the volume is not a hostPath. */
  readonly hostPath: string | null;
}
/** kube-apiserver as its manifest, or what stands in its place on this node, describes it. */
export interface Manifest {
  readonly origin: Flags['origin'];
  readonly at: Place;
  /** Name of the Pod in the file; the mirror pod's is this, a dash and the node's name. */
  readonly podName: string;
  /** Of a control plane that runs in Pods of another cluster: `Deployment kube-apiserver` or the like. Its files are in no node's folders. */
  readonly workload: string | null;
  /** What follows `kube-apiserver` on the command line. */
  readonly arguments: readonly Word[];
  readonly mounts: readonly VolumeMount[];
  /** The user that the process runs as. */
  readonly process: ProcessIdentity;
  readonly image: string;
  /** Variables of the container that have a value of their own. */
  readonly environment: Readonly<Record<string, { readonly value: string; readonly at: Place }>>;
  /** Written by kubeadm, by its own annotation. */
  readonly kubeadm: boolean;
}

/** The word of a command line behind which kube-apiserver's flags follow. */
export const program = /(^|\/)kube-apiserver$/;

/**
 * Reads the Pod that runs kube-apiserver out of a manifest's text (YAML or JSON). Gives a sentence when there is none in it.
 * `place` makes the place of a line, from 1.
 */
export function readManifest(text: string, place: (line: number) => Place): Manifest | string {
  const lines = new LineCounter();
  const documents = yamlDocuments(text, { lines });
  const broken = documents.map((document) => yamlError(document, lines) ?? resolveAliases(document)).find((reason) => reason !== null);
  if (broken) return `it is not YAML: ${broken}`;
  const at = (node: unknown) => place(lines.linePos((node as Node).range?.[0] ?? 0).line);
  const pods = documents.flatMap(({ contents }) => podsIn(contents));
  const found = pods.flatMap((one) => containersOf(one, at));
  const most = Math.max(...found.map(({ known }) => known));
  const [first] = found.filter(({ known }) => known === most);
  if (!first) return pods.map(holderIn).find(Boolean) ?? 'it holds no Pod, Deployment or other workload whose command is kube-apiserver';
  const { pod, name, workload, container, words } = first;
  return {
    origin: 'manifest',
    at: at(container.get('command', true) ?? container),
    podName: name,
    workload,
    arguments: words,
    mounts: mountsOf(pod, container),
    process: processOf(pod, container),
    image: String(container.get('image') ?? ''),
    environment: environmentOf(container, at),
    kubeadm: pod.hasIn(['metadata', 'annotations', 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint']),
  };
}

/** Programs with a kube-apiserver within, as in a virtual cluster: loft-sh/vcluster, chart/templates/statefulset.yaml, v0.24; rancher/k3s. */
const holder = /(?:^|[\s/])(vcluster|k3s|k0s)(?:\s|$)/;
function holderIn({ pod, workload }: PodIn): string | undefined {
  const words = items(pod.getIn(['spec', 'containers'], true)).flatMap((container) =>
    ['command', 'args'].flatMap((key) => wordsOf(container.get(key, true), () => ({ file: '' }), variablesOf(container))),
  );
  const name = words.map(({ text }) => holder.exec(text)?.[1]).find(Boolean);
  return (
    name &&
    `${workload ?? 'its Pod'} runs ${name}, which holds kube-apiserver and its flags within itself: use the kubeconfig of the cluster that it serves instead`
  );
}

/** What may stand before kube-apiserver on a command line, and starts it. */
const launcher = /(^|\/)(sh|bash|dash|ash|exec|env|tini|dumb-init|go-runner|kube-log-runner|hyperkube)$/;

/**
 * The containers whose command runs kube-apiserver, each with the words behind it. One that only names kube-apiserver among its arguments does
 * not run it, unless the layer's flags follow; one without a command runs its image's entry point.
 */
function containersOf(one: PodIn, at: (node: unknown) => Place) {
  return items(one.pod.getIn(['spec', 'containers'], true)).flatMap((container) => {
    const variables = variablesOf(container);
    const all = ['command', 'args'].flatMap((key) => wordsOf(container.get(key, true), at, variables));
    const start = all.findIndex(({ text }) => program.test(text));
    const words = all.slice(start + 1);
    const known = words.filter(({ text }) => typeOf(/^--([^=]*)/.exec(text)?.[1] ?? '') !== null).length;
    const starts = start === 0 || (start > 0 && launcher.test(all[0]?.text ?? ''));
    const byImage = start < 0 && !container.has('command') && /(^|\/)kube-apiserver[^/]*$/.test(String(container.get('image') ?? ''));
    return starts || ((start > 0 || byImage) && known > 0) ? [{ ...one, container, words, known }] : [];
  });
}

const items = (node: unknown): YAMLMap[] => (isSeq(node) ? node.items.filter(isMap) : []);

/** By the container's securityContext before the Pod's. Without one Kubernetes' images run as root, and with a user alone as group 0. */
function processOf(pod: YAMLMap, container: YAMLMap): ProcessIdentity {
  const context = (key: string) => container.getIn(['securityContext', key]) ?? pod.getIn(['spec', 'securityContext', key]);
  const number = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
  const more = pod.getIn(['spec', 'securityContext', 'supplementalGroups'], true);
  const supplemental = isSeq(more) ? more.items.filter(isScalar).map((item) => number(item.value, 0)) : [];
  const fsGroup = context('fsGroup');
  return {
    uid: number(context('runAsUser'), 0),
    gids: [number(context('runAsGroup'), 0), ...supplemental, ...(typeof fsGroup === 'number' ? [fsGroup] : [])],
  };
}

const environmentOf = (container: YAMLMap, at: (node: unknown) => Place) =>
  Object.fromEntries(
    items(container.get('env', true)).flatMap((entry) => {
      const value = entry.get('value', true);
      return isScalar(value) ? [[String(entry.get('name')), { value: String(value.value ?? ''), at: at(value) }]] : [];
    }),
  );

/** Sources remove the values of all but the variables that configure a proxy. Each value may name variables before it, as kubelet expands them. */
function variablesOf(container: YAMLMap): Variables {
  const variables = new Map<string, string | null>();
  for (const entry of items(container.get('env', true))) {
    const value = entry.get('value');
    const { text, unseen } = expandVariables(String(value ?? ''), variables);
    variables.set(String(entry.get('name')), entry.has('valueFrom') || value === 'REDACTED' || unseen !== undefined ? null : text);
  }
  return variables;
}

/** The words of `command` or `args`. A shell's script (`sh -c "exec kube-apiserver …"`) is split into its words. */
function wordsOf(node: unknown, at: (node: unknown) => Place, variables: Variables): Word[] {
  if (!isSeq(node)) return [];
  return node.items.filter(isScalar).flatMap((item) => {
    const { text, ...unseen } = expandVariables(String(item.value ?? ''), variables);
    if (!/\bkube-apiserver\s/.test(text)) return [{ text, at: at(item), ...unseen }];
    return shellWords(text).map((word) => ({ text: word, at: at(item), ...unseen }));
  });
}

/** Splits a shell script at blanks outside quotes, up to the end of the command that is kube-apiserver; without its redirections. */
export function shellWords(script: string): string[] {
  const words: string[] = [];
  const pattern = /\\\n|\d*[<>]+&?\s*[^\s;&|<>]+|[;&|\n]|(?:\\[^\n]|"(?:\\.|[^"\\])*"|'[^']*'|[^\s;&|<>"'\\])+/g;
  let running = false;
  for (const [word] of script.matchAll(pattern)) {
    if (/^[;&|\n]$/.test(word)) {
      if (running) break;
      words.length = 0;
    } else if (word !== '\\\n' && !/^\d*[<>]/.test(word)) {
      words.push(unquoted(word));
      running ||= program.test(word);
    }
  }
  return running ? words : [];
}
const unquoted = (word: string) =>
  word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
    double !== undefined ? double.replace(/\\(["\\$`])/g, '$1') : (single ?? escaped ?? ''),
  );

/** The container's mounts joined with the Pod's volumes. */
function mountsOf(pod: YAMLMap, container: YAMLMap): VolumeMount[] {
  const volumes = new Map(items(pod.getIn(['spec', 'volumes'], true)).map((volume) => [volume.get('name'), volume]));
  return items(container.get('volumeMounts', true)).map((mount) => ({
    mountPath: String(mount.get('mountPath') ?? ''),
    subPath: String(mount.get('subPath') ?? ''),
    hostPath: (volumes.get(mount.get('name'))?.getIn(['hostPath', 'path']) as string | undefined) ?? null,
  }));
}

/**
 * The node's path of a path inside the container: through the longest mount that covers it.
 * null when no volume shows it: then only the image could hold it.
 */
export function hostPathOf(path: string, mounts: readonly VolumeMount[]): string | null {
  const covers = (mount: VolumeMount) => path === trimmed(mount.mountPath) || path.startsWith(`${trimmed(mount.mountPath)}/`);
  const mount = mounts.filter(covers).sort((a, b) => b.mountPath.length - a.mountPath.length)[0];
  if (!mount?.hostPath) return null;
  const inside = path.slice(trimmed(mount.mountPath).length);
  return trimmed(mount.hostPath) + (mount.subPath ? `/${mount.subPath.replace(/^\/|\/$/g, '')}` : '') + inside;
}
const trimmed = (path: string) => path.replace(/\/+$/, '');
