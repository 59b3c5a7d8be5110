/** A file of YAML or JSON → the same text without the values that no fact reads. Lines stay. Pure. */
import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import { yamlDocuments } from '../../yaml.ts';
import { keptFlag, keptScript, keptValue, keptWords, withheld } from './words.ts';

/** How a value is kept: as it is; as a word of a command line; as what stands behind a flag or a variable whose name is beside it. */
type Form = 'whole' | 'words' | 'flag' | 'variable';
interface Rule {
  /** Keys from the end: `*` is any key or item. */
  readonly path: string;
  readonly form: Form;
}
const whole = (...paths: readonly string[]): readonly Rule[] => paths.map((path) => ({ path, form: 'whole' }));

/** Of a Pod, and of the Pod in a template. */
const pod: readonly Rule[] = [
  ...whole('metadata name', 'metadata namespace', 'metadata labels *'),
  ...whole('annotations kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint'),
  ...whole('containers * name', 'containers * image', 'env * name', 'volumeMounts * *', 'volumes * name', 'hostPath *', 'hostNetwork'),
  ...whole('securityContext runAsUser', 'securityContext runAsGroup', 'securityContext fsGroup', 'supplementalGroups *'),
  { path: 'containers * command *', form: 'words' },
  { path: 'containers * args *', form: 'words' },
  { path: 'env * value', form: 'variable' },
];
/** By kind; a file of any other holds nothing that is read but its kind. '' is the configuration of k3s, which has none. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  Pod: pod,
  Deployment: pod,
  StatefulSet: pod,
  DaemonSet: pod,
  List: pod,
  PodList: pod,
  EgressSelectorConfiguration: whole('egressSelections * name', 'proxyProtocol', 'udsName', 'url'),
  AuthenticationConfiguration: whole('anonymous *'),
  KubeAPIServerConfig: [
    { path: 'apiServerArguments *', form: 'flag' },
    { path: 'apiServerArguments * *', form: 'flag' },
  ],
  // k0s's.
  ClusterConfig: [{ path: 'api extraArgs *', form: 'flag' }],
  ClusterConfiguration: [
    ...whole('certificatesDir', 'kubernetesVersion', 'extraArgs * name'),
    { path: 'extraArgs * value', form: 'flag' },
    { path: 'extraArgs *', form: 'flag' },
  ],
  '': [
    ...whole('data-dir', 'egress-selector-mode'),
    { path: 'kube-apiserver-arg *', form: 'words' },
    { path: 'kube-apiserver-arg', form: 'words' },
    { path: 'kube-apiserver-arg+ *', form: 'words' },
    { path: 'kube-apiserver-arg+', form: 'words' },
  ],
};

interface Found {
  readonly node: Scalar;
  readonly path: readonly string[];
  /** Names beside it, or the items before it. */
  readonly parent: unknown;
}

/** null: it is no map or list that could be read whole. */
export function keptDocument(text: string): string | null {
  const documents = yamlDocuments(text);
  if (documents.some(({ errors }) => errors.length > 0) || !documents.some(({ contents }) => isMap(contents) || isSeq(contents)))
    return null;
  const taken: (readonly [number, number])[] = [];
  const pieces: { start: number; end: number; value: string }[] = [];
  for (const { contents } of documents) {
    const kind = isMap(contents) ? String(contents.get('kind') ?? '') : '';
    const own = Object.hasOwn(rules, kind) ? (rules[kind] ?? []) : [];
    for (const one of scalarsIn(contents, [], null, taken)) {
      const [start, end] = one.node.range ?? [0, 0];
      const written = String(one.node.value ?? '');
      const value = start === end ? written : keptScalar(one, written, own);
      if (value !== written) pieces.push({ start, end, value: value + lineEnds(text.slice(start, end)) });
    }
  }
  return withoutComments(text, pieces, taken);
}

function* scalarsIn(node: unknown, path: readonly string[], parent: unknown, taken: (readonly [number, number])[]): Generator<Found> {
  if (isMap(node))
    for (const { key, value } of node.items) {
      place(key, taken);
      yield* scalarsIn(value, [...path, isScalar(key) ? String(key.value) : ''], node, taken);
    }
  else if (isSeq(node)) for (const [index, item] of node.items.entries()) yield* scalarsIn(item, [...path, String(index)], node, taken);
  else if (isScalar(node) && node.range) {
    place(node, taken);
    yield { node, path, parent };
  }
}
const place = (node: unknown, taken: (readonly [number, number])[]): void => {
  const range = (node as Node | null)?.range;
  if (range) taken.push([range[0], range[1]]);
};

function keptScalar({ node, path, parent }: Found, value: string, own: readonly Rule[]): string {
  const rule = own.find((one) => ends(path, one.path.split(' ')));
  if (rule?.form === 'whole' || (path.length === 1 && /^(?:apiVersion|kind)$/.test(path[0] ?? ''))) return value;
  if (rule?.form === 'words') {
    const items = isSeq(parent) ? parent.items.filter(isScalar) : [node];
    const index = items.indexOf(node);
    return keptWords(items.map(({ value: item }) => String(item ?? '')))[index] ?? value;
  }
  if (rule?.form === 'flag') {
    const name = isMap(parent) && parent.has('name') ? String(parent.get('name')) : (path.findLast((key) => !/^\d+$/.test(key)) ?? '');
    return keptFlag(name, value);
  }
  if (rule?.form === 'variable') return keptValue(String((isMap(parent) && parent.get('name')) || ''), value);
  return /^(?:true|false|null|)$/.test(value) ? value : withheld(value);
}
const ends = (path: readonly string[], rule: readonly string[]): boolean =>
  rule.length <= path.length && rule.every((key, index) => key === '*' || key === path[path.length - rule.length + index]);

const lineEnds = (raw: string): string => (raw.match(/\r?\n/g) ?? []).join('');

/** A comment lies between keys and values. */
function withoutComments(
  text: string,
  pieces: readonly { readonly start: number; readonly end: number; readonly value: string }[],
  taken: readonly (readonly [number, number])[],
): string {
  const byStart = new Map(pieces.map((piece) => [piece.start, piece]));
  let done = '';
  let at = 0;
  for (const [from, to] of [...taken].sort((a, b) => a[0] - b[0]).concat([[text.length, text.length]])) {
    if (from < at) continue;
    done += text.slice(at, from).replace(/#[^\r\n]*/g, '#');
    const piece = byStart.get(from);
    done += piece ? quoted(piece.value) : text.slice(from, to);
    at = to;
  }
  return done;
}
/** Plain where YAML reads it as the same text. */
function quoted(value: string): string {
  const ends = /(?:\r?\n)*$/.exec(value)?.[0] ?? '';
  const words = value.slice(0, value.length - ends.length);
  return (/^[\w./-][\w./=-]*$/.test(words) && !/^[\d.-]+$/.test(words) ? words : JSON.stringify(words)) + ends;
}

/** A text that cannot be read as a document: of each line what is left are its key, and the words of a command line. */
export const keptLines = (text: string): string =>
  text.replace(line, (whole, head: string, rest: string) =>
    /^[ \t]*(?:apiVersion|kind):[ \t]+[\w./]{1,60}$/.test(whole) ? whole : head + keptScript(rest),
  );
const line = /^([ \t]*(?:-[ \t]+)*(?:["']?[\w./-]+["']?[ \t]*:(?=\s|$))?[ \t]*)([^\r\n]*)/gm;
