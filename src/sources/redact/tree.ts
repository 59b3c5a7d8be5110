/** Where a document of Kubernetes keeps secrets: the same rules for YAML and JSON, by shape rather than by kind. */
import {
  flagTakesSecret,
  isHarmless,
  isProxyVariable,
  keepsAnnotation,
  keepsSecretEntry,
  namesSecret,
  removed,
  withoutCredentials,
  withoutFlagValue,
} from './names.ts';

/** A value that is neither map nor list; `start` and `end` are its place in the text. */
interface Scalar {
  readonly is: 'scalar';
  readonly value: string;
  readonly start: number;
  readonly end: number;
}
interface Tree {
  readonly is: 'map';
  readonly entries: readonly (readonly [string, Node])[];
}
interface List {
  readonly is: 'list';
  readonly items: readonly Node[];
}
export type Node = Scalar | Tree | List;
/** What is to stand in place of a scalar. */
export interface Change {
  readonly scalar: Scalar;
  readonly value: string;
}

type How = (value: string) => string;
interface Context {
  readonly key: string;
  readonly parent: string;
  /** The kind of an object that does not say its own, as in the items of a PodList. */
  readonly kind: string;
}

const wipe: How = (value) => (['', 'null', removed].includes(value.trim()) ? value : removed);
const wipeSecret: How = (value) => (isHarmless(value) ? value : removed);
const privateJwk = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'];

/**
 * Finds every scalar that must change, by its start: values of environment variables, of annotations that are not Kubernetes' own,
 * of Secrets, of fields and arguments whose name announces a secret; in all others what `clean` takes away.
 * `kind` is that of an object that does not say its own.
 */
export function findSecrets(root: Node, clean: How, kind: string): Map<number, Change> {
  const changes = new Map<number, Change>();
  const put = (scalar: Scalar, how: How): void => {
    const value = how(scalar.value);
    // An alias leads here twice; what removes more wins.
    if (value !== scalar.value && (value === removed || !changes.has(scalar.start))) changes.set(scalar.start, { scalar, value });
  };
  const each = (node: Node, how: How): void => {
    if (node.is === 'scalar') put(node, how);
    else for (const child of node.is === 'list' ? node.items : node.entries.map(([, value]) => value)) each(child, how);
  };
  const variable = (name: string | undefined): How =>
    name !== undefined && isProxyVariable(name) ? (value) => clean(withoutCredentials(value)) : wipe;

  const environment = (node: Node, within: Context): void => {
    if (node.is === 'scalar') put(node, clean);
    else if (node.is === 'map')
      for (const [name, child] of node.entries) child.is === 'scalar' ? put(child, variable(name)) : walk(child, within);
    else for (const item of node.items) variableItem(item, within);
  };
  const variableItem = (item: Node, within: Context): void => {
    if (item.is === 'scalar') put(item, assignment);
    else if (item.is === 'list') each(item, wipe);
    else for (const [key, child] of item.entries) key === 'value' ? each(child, variable(text(item, 'name'))) : walk(child, within);
  };
  const assignment: How = (value) => {
    const [, name = '', rest = ''] = /^([^=]*)=([\s\S]*)$/.exec(value) ?? [];
    return name === '' ? clean(value) : `${name}=${variable(name)(rest)}`;
  };

  const walkMap = (map: Tree, { key: parentKey, kind: inherited }: Context): void => {
    const kind = text(map, 'kind') ?? inherited;
    const name = text(map, 'name');
    const jwk = text(map, 'kty') !== undefined;
    for (const [key, child] of map.entries) {
      const context = { key, parent: parentKey, kind: key === 'items' ? kind.replace(/List$/, '') : '' };
      const entries = (keeps: (entry: string) => boolean): void => {
        if (child.is !== 'map') each(child, wipe);
        else for (const [entry, value] of child.entries) each(value, keeps(entry) ? clean : wipe);
      };
      if (key === 'env' && child.is !== 'scalar') environment(child, context);
      else if (key === 'annotations' && parentKey === 'metadata') entries(keepsAnnotation);
      else if ((key === 'data' || key === 'stringData') && /^Secret(?:List)?$/.test(kind)) entries(keepsSecretEntry);
      else if (key === 'value' && name !== undefined && namesSecret(name)) each(child, wipeSecret);
      else if (child.is === 'scalar' && (namesSecret(key) || (jwk && privateJwk.includes(key)))) put(child, wipeSecret);
      else if (child.is === 'list' && namesSecret(key))
        for (const item of child.items) item.is === 'scalar' ? put(item, wipeSecret) : walk(item, context);
      else walk(child, context);
    }
  };
  const walk = (node: Node, context: Context): void => {
    if (node.is === 'scalar') put(node, clean);
    else if (node.is === 'map') walkMap(node, context);
    else
      for (const [i, item] of node.items.entries()) {
        const before = node.items[i - 1];
        if (item.is !== 'scalar') walk(item, context);
        else if (before?.is === 'scalar' && flagTakesSecret(before.value) && !item.value.startsWith('-')) put(item, wipeSecret);
        else put(item, (value) => withoutFlagValue(value) ?? clean(value));
      }
  };
  walk(root, { key: '', parent: '', kind });
  return changes;
}

/** The text of an entry of a map; of several entries of one name, the last, as decoders take it. */
function text(map: Tree, key: string): string | undefined {
  const value = map.entries.findLast(([name]) => name === key)?.[1];
  return value?.is === 'scalar' ? value.value : undefined;
}
