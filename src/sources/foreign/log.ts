/** Logs of containers, as kube-apiserver gives them. */
import type { Observed } from '../../model.ts';
import type { Collection, Holding } from './collection.ts';

/** A container's log. */
interface Log {
  readonly container: string;
  readonly text: string;
}
type Answer = { readonly status: number; readonly text: string };

/** The answer to a GET of a pod's log; null: the tree does not hold it. */
export async function logAnswer(
  collection: Collection,
  { namespace, pod, query }: { readonly namespace: string; readonly pod: string; readonly query: URLSearchParams },
): Promise<Observed<Answer> | null> {
  const previous = query.get('previous') === 'true';
  const files = collection.holdings.filter(
    ({ holds }) =>
      (holds.is === 'log' && holds.namespace === namespace && holds.pod === pod && holds.previous === previous) ||
      (holds.is === 'logs' && holds.namespace === namespace && holds.pod === pod && !previous),
  );
  const wanted = query.get('container');
  const logs: Log[] = [];
  for (const file of files) {
    if (file.holds.is === 'log' && wanted !== null && file.holds.container !== wanted) continue;
    const read = await collection.text(file);
    if (!read.ok) return read;
    logs.push(...logsIn(file, read.value, query));
  }
  const found = wanted === null ? logs : logs.filter(({ container }) => container === wanted);
  const [first, ...others] = found;
  if (!first) return null;
  const names = [...new Set(found.map(({ container }) => container))];
  // k8s.io/kubernetes, pkg/registry/core/pod/strategy.go (LogLocation), v1.37.2.
  if (others.length > 0 && names.length > 1) return { ok: true, value: { status: 400, text: unnamed(pod, names) } };
  return { ok: true, value: { status: 200, text: ended(first.text, Number(query.get('tailLines') ?? Number.NaN)) } };
}

const unnamed = (pod: string, names: readonly string[]): string =>
  `${JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message: `a container name must be specified for pod ${pod}, choose one of: [${names.join(' ')}]`,
    reason: 'BadRequest',
    code: 400,
  })}\n`;

function logsIn({ holds }: Holding, text: string, query: URLSearchParams): readonly Log[] {
  if (holds.is === 'log') {
    const bare = holds.timed && query.get('timestamps') !== 'true';
    return [{ container: holds.container, text: bare ? text.replace(/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) /gm, '') : text }];
  }
  return [...text.matchAll(between)].map(([, container = '', inside = '']) => ({ container, text: inside }));
}
/** As `kubectl cluster-info dump` marks them; what a container writes may look the same, but for the name. */
const between = /^==== START logs for container (\S+) of pod \S+ ====\n([\s\S]*?)^==== END logs for container \1 of pod \S+ ====$/gm;

const ended = (text: string, lines: number): string => {
  if (!Number.isInteger(lines)) return text;
  const all = text.split('\n');
  const rest = all.at(-1) === '' ? all.pop() : undefined;
  return all.slice(-lines).join('\n') + (rest === '' ? '\n' : '');
};
