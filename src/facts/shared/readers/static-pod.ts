/** kube-apiserver as a static pod: the manifest that kubelet loads, and OpenShift's configuration that it names. */
import { isMap, isScalar, isSeq, LineCounter, type Node } from 'yaml';
import type { Answer, Ask, Observed } from '../../../model.ts';
import { yamlDocuments } from '../../../yaml.ts';
import { hostPathOf, type Manifest, readManifest, type Word } from '../read-manifest.ts';
import { type At, type Reader, textOf } from './reader.ts';

/** Reads the first of the paths that exists. */
export const staticPod =
  (paths: readonly string[]): Reader =>
  async (ask, where) => {
    const [at, ...answers] = await Promise.all([
      where,
      ...paths.map(async (path) => ({ path, answer: await ask({ kind: 'file', path }) })),
    ]);
    for (const { path, answer } of answers) {
      if (!answer.ok && answer.why !== 'excluded') return answer;
      if (answer.ok && answer.value.is !== 'absent') return withOpenShift(ask, manifestIn(path, answer.value, at), at);
    }
    return { ok: true, value: null };
  };

function manifestIn(path: string, answer: Answer['file'], at: At): Observed<Manifest> {
  const text = textOf(path, answer);
  if (!text.ok) return text;
  const manifest = text.value === null ? 'it is a directory' : readManifest(text.value, (line) => at(path, line));
  if (typeof manifest !== 'string') return { ok: true, value: manifest };
  return { ok: false, why: 'malformed', message: `${path} is not a manifest of kube-apiserver: ${manifest}` };
}

const option = '--openshift-config=';

/**
 * OpenShift's kube-apiserver takes nearly all of its flags from a file, `apiServerArguments` of a KubeAPIServerConfig: a map of lists.
 * openshift/cluster-kube-apiserver-operator, bindata/assets/kube-apiserver/pod.yaml and bindata/assets/config/defaultconfig.yaml, 4.x.
 */
async function withOpenShift(ask: Ask, read: Observed<Manifest>, at: At): Promise<Observed<Manifest>> {
  const word = read.ok && read.value.arguments.find(({ text }) => text.startsWith(option));
  if (!read.ok || !word) return read;
  const inContainer = word.text.slice(option.length);
  const path = hostPathOf(inContainer, read.value.mounts);
  const unread = (reason: string): Observed<Manifest> => ({
    ok: false,
    why: 'malformed',
    message: `${path ?? inContainer}, from which OpenShift's kube-apiserver reads its flags, ${reason}`,
  });
  if (path === null)
    return unread(
      read.value.workload
        ? 'is in a volume that the manifest only names: use the kubeconfig of the cluster that it serves instead'
        : 'is not a file of this node',
    );
  const answer = await ask({ kind: 'file', path });
  if (!answer.ok) return answer;
  const text = textOf(path, answer.value);
  if (!text.ok) return text;
  if (text.value === null) return unread(answer.value.is === 'directory' ? 'is a directory' : 'does not exist');
  const words = argumentsIn(text.value, (line) => at(path, line));
  if (words.length === 0) return unread('holds no apiServerArguments');
  const own = read.value.arguments.filter((one) => one !== word);
  return { ok: true, value: { ...read.value, origin: 'OpenShift configuration', at: at(path), arguments: [...words, ...own] } };
}

/** `apiServerArguments` of a KubeAPIServerConfig (YAML or JSON) as words of a command line, a word a value. */
function argumentsIn(text: string, place: (line: number) => Word['at']): readonly Word[] {
  const lines = new LineCounter();
  const configuration = yamlDocuments(text, { lines })[0]?.contents;
  const given = isMap(configuration) && configuration.get('apiServerArguments', true);
  if (!isMap(given)) return [];
  return given.items.flatMap(({ key, value }) =>
    (isSeq(value) ? value.items : [value]).filter(isScalar).map((item) => ({
      text: `--${isScalar(key) ? key.value : key}=${item.value ?? ''}`,
      at: place(lines.linePos((item as Node).range?.[0] ?? 0).line),
    })),
  );
}
