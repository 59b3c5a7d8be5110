/** The questions that a tree answers, for a person who wants to know what is in it. */
import type { AnyQuestion, ApiPath } from '../../model.ts';
import type { Collection } from './collection.ts';
import type { Resource } from './holding.ts';
import { isNamespaced, resources } from './resources.ts';

/** Lists where they are whole, else each object by its name; and logs. */
export async function questionsOf(collection: Collection): Promise<readonly AnyQuestion[]> {
  const of = await Promise.all(resources.map((resource) => pathsOf(collection, resource)));
  const others = collection.holdings.flatMap(({ holds }) => {
    if (holds.is === 'answer') return [holds.path];
    if (holds.is === 'version') return ['/version'];
    if (holds.is === 'logs') return [`/api/v1/namespaces/${holds.namespace}/pods/${holds.pod}/log`];
    if (holds.is !== 'log') return [];
    const { namespace, pod, container, previous } = holds;
    return [`/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}${previous ? '&previous=true' : ''}`];
  });
  return [...new Set([...of.flat(), ...others])].map((path) => ({ kind: 'api', method: 'GET', path: path as ApiPath }));
}

async function pathsOf({ select }: Collection, resource: Resource): Promise<readonly string[]> {
  const [, version = '', name = ''] = /^(.+)\/([^/]+)$/.exec(resource) ?? [];
  const root = `${version === 'v1' ? '/api' : '/apis'}/${version}`;
  const { objects, isWhole } = await select(resource);
  if (isWhole) return [`${root}/${name}`];
  if (!isNamespaced(resource)) return objects.map((one) => `${root}/${name}/${one.name}`);
  const namespaces = [...new Set(objects.map(({ namespace }) => namespace))];
  const paths = namespaces.map(async (namespace) => {
    const inside = `${root}/namespaces/${namespace}/${name}`;
    return (await select(resource, namespace)).isWhole
      ? [inside]
      : objects.filter((one) => one.namespace === namespace).map((one) => `${inside}/${one.name}`);
  });
  return (await Promise.all(paths)).flat();
}
