/** Texts of manifests → their objects. Pure. */
import { isObject, object, string } from '../decode.ts';
import type { ManifestObject } from '../model.ts';
import { valuesIn } from '../sources/foreign/values.ts';
import { isOf, nameOf } from './name.ts';

const head = object({ apiVersion: string, kind: string, metadata: object({ name: string, namespace: string }) });
type Found = Omit<ManifestObject, 'namespace'> & { readonly namespace: string | undefined };

/** The objects of Kubernetes in a text, which may be none; a string says why it cannot be read, in a clause. */
export function objectsIn(file: string, text: string): readonly Found[] | string {
  const found: Found[] = [];
  for (const { document, line } of documentsIn(text)) {
    const values = valuesIn(document);
    if (typeof values === 'string') return inWholeFile(values, line);
    for (const value of values) found.push(...objectsOf(value, { file, document, line, path: [] }));
  }
  return found;
}

/** Each with its first line. A line that begins with `---` is nothing else anywhere (YAML 1.2.2, 9.1.2). */
function documentsIn(text: string): readonly Pick<ManifestObject['from'], 'document' | 'line'>[] {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) => (index === 0 || /^---(?:\s|$)/.test(line) ? [index] : []));
  return starts
    .map((start, index) => ({ document: lines.slice(start, starts[index + 1]).join('\n'), line: start + 1 }))
    .filter(({ document }) => !/^(?:---\s*)?(?:\s*(?:[#%].*)?(?:\n|$))*$/.test(document));
}
/** The parser counts the lines of the document. */
const inWholeFile = (reason: string, first: number): string =>
  reason.replace(/ \((\d+):\d+\)$/, (_, line: string) => ` (line ${Number(line) + first - 1})`);

function objectsOf(value: unknown, from: ManifestObject['from'], usual: { apiVersion?: string; kind?: string } = {}): readonly Found[] {
  if (!isObject(value)) return [];
  const said = head(value);
  const { apiVersion = usual.apiVersion, kind = usual.kind, metadata } = said ?? {};
  if (!apiVersion || !kind) return [];
  if (kind.endsWith('List') && Array.isArray(value.items)) {
    const ofItems = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
    return value.items.flatMap((item, index) => objectsOf(item, { ...from, path: [...from.path, 'items', index] }, ofItems));
  }
  const { name, namespace } = metadata ?? {};
  return name ? [{ apiVersion, kind, name, namespace, value, from }] : [];
}

/** Of the kinds that are read, those whose objects have no namespace. */
const clusterWide =
  /^(?:APIService|Namespace|ClusterRole|ClusterRoleBinding|CustomResourceDefinition|(?:Validating|Mutating)WebhookConfiguration|ClusterIssuer)$/;

/** Of all files: each object once, as it is written last, in the namespace that it will be in. Whoever applies a manifest without one says which; the APIServices tell. */
export function together(found: readonly Found[]): readonly ManifestObject[] {
  const usual = usualNamespace(found);
  const objects = found.map((one) => ({ ...one, namespace: clusterWide.test(one.kind) ? '' : (one.namespace ?? usual) }));
  return [...new Map(objects.map((one) => [`${one.apiVersion.split('/')[0]} ${nameOf(one)}`, one])).values()];
}

const registration = object({ spec: object({ service: object({ name: string, namespace: string }) }) });
function usualNamespace(found: readonly Found[]): string {
  const services = found.flatMap((one) =>
    isOf(one, 'apiregistration.k8s.io', 'APIService') ? (registration(one.value)?.spec?.service ?? []) : [],
  );
  const without = found.flatMap((one) => (isOf(one, '', 'Service') && one.namespace === undefined ? [one.name] : []));
  return services.find(({ name }) => name !== undefined && without.includes(name))?.namespace ?? 'default';
}
