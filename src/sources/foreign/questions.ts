/** The questions that a tree answers, for a person who wants to know what is in it. */
import { apiPath } from '../../api-path.ts';
import type { AnyQuestion, ApiPath } from '../../model.ts';
import type { Collection } from './collection.ts';
import type { Resource } from './holding.ts';
import { isNamespaced, resources } from './resources.ts';

/** Lists where they are whole, else each object by its name; and logs. */
export async function questionsOf(collection: Collection): Promise<readonly AnyQuestion[]> {
  const of = await Promise.all(resources.map((resource) => pathsOf(collection, resource)));
  const others = collection.holdings.flatMap(({ holds }) => {
    if (holds.is === 'answer') return [apiPath`/${holds.path.split('/').slice(1)}`];
    if (holds.is === 'version') return [apiPath`/version`];
    if (holds.is === 'logs') return [apiPath`/api/v1/namespaces/${holds.namespace}/pods/${holds.pod}/log`];
    if (holds.is !== 'log') return [];
    const { namespace, pod, container, previous } = holds;
    const log = apiPath`/api/v1/namespaces/${namespace}/pods/${pod}/log?container=${container}`;
    return [previous ? apiPath`${{ path: log }}&previous=true` : log];
  });
  return [...new Set([...of.flat(), ...others])].map((path) => ({ kind: 'api', method: 'GET', path }));
}

async function pathsOf({ select }: Collection, resource: Resource): Promise<readonly ApiPath[]> {
  const [, version = '', name = ''] = /^(.+)\/([^/]+)$/.exec(resource) ?? [];
  const root = apiPath`/${[version === 'v1' ? 'api' : 'apis', ...version.split('/')]}`;
  const under = (path: ApiPath, segment: string) => apiPath`${{ path }}/${segment}`;
  const { objects, isWhole } = await select(resource);
  if (isWhole) return [under(root, name)];
  if (!isNamespaced(resource)) return objects.map((one) => under(under(root, name), one.name));
  const namespaces = [...new Set(objects.map(({ namespace }) => namespace))];
  const paths = namespaces.map(async (namespace) => {
    const inside = apiPath`${{ path: root }}/namespaces/${namespace ?? ''}/${name}`;
    return (await select(resource, namespace)).isWhole
      ? [inside]
      : objects.filter((one) => one.namespace === namespace).map((one) => under(inside, one.name));
  });
  return (await Promise.all(paths)).flat();
}
