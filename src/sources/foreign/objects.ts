/** A text → the objects of Kubernetes in it. */
import { isObject, list, object, string, time } from '../../decode.ts';
import type { Resource } from './holding.ts';
import { isNamespaced, resourceOf } from './resources.ts';
import { valuesIn } from './values.ts';

export interface KubernetesObject {
  readonly resource: Resource;
  /** '' for one of the cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | undefined;
  /** Whether it comes from a cluster: a manifest that nobody applied has no such time. */
  readonly isCreated: boolean;
  readonly value: Readonly<Record<string, unknown>>;
}
export interface Objects {
  readonly objects: readonly KubernetesObject[];
  /** Whether the text is one list from its beginning to its end. */
  readonly isList: boolean;
  /** Whether each item is one that aggctl knows. */
  readonly isKnown: boolean;
}

const head = object({
  apiVersion: string,
  kind: string,
  metadata: object({ name: string, namespace: string, uid: string, creationTimestamp: time, continue: string }),
});

/** A string says why the text cannot be read, in a clause. Items of a list of one kind need not say it. Never throws. */
export function objectsIn(text: string): Objects | string {
  const values = valuesIn(text);
  if (typeof values === 'string') return values;
  const documents = values.filter((value) => value !== null && value !== undefined);
  const read = documents.map(ofDocument);
  const [only] = read;
  return {
    objects: read.flatMap(({ objects }) => objects),
    isList: read.length === 1 && only?.isList === true,
    isKnown: read.every(({ isKnown }) => isKnown),
  };
}

function ofDocument(value: unknown): Objects {
  if (Array.isArray(value))
    return together(
      value.map((item) => objectOf(item)),
      false,
    );
  const { apiVersion = '', kind = '', metadata } = head(value) ?? {};
  const items = isObject(value) && (value.items === null ? [] : list((item) => item)(value.items));
  if (!items || !kind.endsWith('List')) return together([objectOf(value)], false);
  const usual = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return together(
    items.map((item) => objectOf(item, usual)),
    !metadata?.continue,
  );
}

const together = (found: readonly (KubernetesObject | null)[], isList: boolean): Objects => {
  const objects = found.filter((one) => one !== null);
  return { objects, isList, isKnown: objects.length === found.length };
};

function objectOf(value: unknown, usual: { readonly apiVersion?: string; readonly kind?: string } = {}): KubernetesObject | null {
  const said = head(value);
  const apiVersion = said?.apiVersion || usual.apiVersion || '';
  const kind = said?.kind || usual.kind || '';
  const resource = resourceOf(apiVersion, kind);
  const { name, namespace = '', uid, creationTimestamp } = said?.metadata ?? {};
  if (!resource || !name || !isObject(value) || isNamespaced(resource) === (namespace === '')) return null;
  return { resource, namespace, name, uid, isCreated: creationTimestamp !== undefined, value: { ...value, apiVersion, kind } };
}
