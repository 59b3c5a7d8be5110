/** Whether the caller has all rights that the steps need. */
import { missing, type Right } from '../facts/shared/rights.ts';
import type { Ask, Manifest } from '../model.ts';
import { resourceOf } from './paths.ts';
import { group } from './plan.ts';
import type { Sample } from './step.ts';

/** As in `create secrets in namespace wardle`; a right that cannot be checked counts as granted, because the step itself will report it. */
export async function missingRights(source: Ask, { plan, objects }: Sample): Promise<readonly string[]> {
  const written = Object.values(objects).filter((object): object is Manifest => object !== null);
  const rights: Right[] = [
    ...written.map(resourceOf).flatMap((at) => ['get', 'create', 'patch', 'delete'].map((verb) => ({ ...at, verb }))),
    { ...resourceOf(objects.apiService), subresource: 'status', verb: 'patch' },
    { group: '', resource: 'pods', namespace: plan.namespace, verb: 'create' },
    { group: '', resource: 'pods', namespace: plan.namespace, verb: 'list' },
    { group: '', resource: 'pods', subresource: 'log', namespace: plan.namespace, verb: 'get' },
    ...['get', 'list', 'watch', 'create', 'patch', 'delete'].map((verb) => ({ group, resource: 'flunders', namespace: 'default', verb })),
    ...['get', 'create', 'delete'].map((verb) => ({ group, resource: 'fischers', verb })),
  ];
  return missing(source, rights);
}
