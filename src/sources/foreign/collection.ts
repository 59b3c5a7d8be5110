/** What a tree holds, by resource: which objects, and whether they are all that there were. */
import type { Observed, Unavailable } from '../../model.ts';
import { unavailable } from '../answer.ts';
import type { Holds, Reader, Resource } from './holding.ts';
import { type KubernetesObject, type Objects, objectsIn } from './objects.ts';
import { isNamespaced, resourceNamed } from './resources.ts';
import type { Tree } from './tree.ts';

/** A file and what it holds. */
export interface Holding {
  readonly path: string;
  readonly holds: Holds;
}
/** The objects of a resource. `isWhole`: there were no others; `unread`: why some of them could not be read. */
interface Selected {
  readonly objects: readonly KubernetesObject[];
  readonly isWhole: boolean;
  readonly unread: Unavailable | null;
}
export interface Collection {
  readonly holdings: readonly Holding[];
  readonly text: (holding: Holding) => Promise<Observed<string>>;
  /** Of a namespace, or of the whole cluster. */
  readonly select: (resource: Resource, namespace?: string) => Promise<Selected>;
  /** An object that stands there twice and has two UIDs, as it has in two clusters; null: there is none. */
  readonly twice: () => Promise<string | null>;
  /** Files of objects that could not be read, each with its reason. */
  readonly unread: () => Promise<readonly Unavailable[]>;
}

const apiServices = resourceNamed('apiregistration.k8s.io', 'apiservices') as Resource;
const namespaces = resourceNamed('', 'namespaces') as Resource;
/** What a cluster keeps as long as it lives, and nobody makes again while a tool collects. */
const ofOneCluster: readonly Resource[] = [namespaces, apiServices];
const isLog = ({ is }: Holds): boolean => is === 'log' || is === 'logs';
const isOfObjects = ({ is }: Holds): boolean => is === 'list' || is === 'some' || is === 'objects';

/** Reads nothing yet, but of an archive what will be needed. Throws what the operating system says. */
export async function collect(tree: Tree, reader: Reader): Promise<Collection> {
  const holdings = tree.paths.flatMap((path): Holding[] => {
    const holds = reader.holds(path);
    return holds ? [{ path, holds }] : [];
  });
  await tree.prepare(new Map(holdings.map(({ path, holds }) => [path, isLog(holds) ? 'end' : 'whole'])));
  const text = ({ path, holds }: Holding) => tree.read(path, isLog(holds) ? 'end' : 'whole');
  const known = new Map<string, Promise<Objects | Unavailable>>();
  const objects = (holding: Holding): Promise<Objects | Unavailable> => {
    const found = known.get(holding.path) ?? read(holding);
    known.set(holding.path, found);
    return found;
  };
  const read = async (holding: Holding): Promise<Objects | Unavailable> => {
    const observed = await text(holding);
    if (!observed.ok) return observed;
    const found = objectsIn(observed.value);
    if (typeof found === 'string') return unavailable('malformed', `\`${holding.path}\` in the snapshot cannot be read: ${found}`);
    // Whoever prints manifests prints what nobody applied, too.
    return holding.holds.is === 'objects' ? { ...found, objects: found.objects.filter(({ isCreated }) => isCreated) } : found;
  };

  const select = async (resource: Resource, namespace?: string): Promise<Selected> => {
    const files = holdings.filter(({ holds }) => mayHold(holds, resource, namespace));
    const found = await Promise.all(files.map(async (holding) => ({ holding, content: await objects(holding) })));
    const read = found.flatMap(({ holding, content }) => ('ok' in content ? [] : [{ holding, content }]));
    const unread = found.map(({ content }) => content).find((content): content is Unavailable => 'ok' in content) ?? null;
    const all = new Map<string, KubernetesObject>();
    for (const { content } of read)
      for (const one of content.objects)
        if (one.resource === resource && (namespace === undefined || one.namespace === namespace))
          all.set(`${one.namespace}/${one.name}`, all.get(`${one.namespace}/${one.name}`) ?? one);
    const lists = read.filter(({ holding: { holds }, content }) => holds.is === 'list' && content.isList && content.isKnown);
    const listed = lists.flatMap(({ holding: { holds } }) => ('namespace' in holds ? [holds.namespace] : [undefined]));
    const isWhole =
      listed.includes(undefined) ||
      (namespace !== undefined && listed.includes(namespace)) ||
      // kube-apiserver registers this one itself, and nobody asks for it alone.
      (resource === apiServices && all.has('/v1.')) ||
      (namespace === undefined && isNamespaced(resource) && (await areAll(listed)));
    return { objects: [...all.values()], isWhole, unread };
  };
  /** Whether these are all namespaces that there are. */
  const areAll = async (listed: readonly (string | undefined)[]): Promise<boolean> => {
    if (listed.length === 0) return false;
    const { objects, isWhole } = await select(namespaces);
    return isWhole && objects.every(({ name }) => listed.includes(name));
  };
  const twice = async (): Promise<string | null> => {
    const uids = new Map<string, string>();
    for (const holding of holdings.filter(({ holds }) => ofOneCluster.some((resource) => mayHold(holds, resource, undefined)))) {
      const content = await objects(holding);
      for (const { resource, name, uid } of 'ok' in content ? [] : content.objects) {
        const known = uids.get(`${resource} ${name}`);
        if (!uid || !ofOneCluster.includes(resource)) continue;
        if (known !== undefined && known !== uid) return `\`${name}\` of ${resource}`;
        uids.set(`${resource} ${name}`, uid);
      }
    }
    return null;
  };
  const unread = async () =>
    (await Promise.all(holdings.filter(({ holds }) => isOfObjects(holds)).map(objects))).filter((one): one is Unavailable => 'ok' in one);
  return { holdings, text, select, twice, unread };
}

function mayHold(holds: Holds, resource: Resource, namespace: string | undefined): boolean {
  if (holds.is === 'objects') return true;
  if (holds.is !== 'list' && holds.is !== 'some') return false;
  return holds.resource === resource && (namespace === undefined || holds.namespace === undefined || holds.namespace === namespace);
}
