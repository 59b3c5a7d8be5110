import type { ManifestObject } from '../model.ts';

/** Whether it is of this kind: others have a `Service`, too. The core's group is ''. */
export const isOf = ({ apiVersion, kind }: Pick<ManifestObject, 'apiVersion' | 'kind'>, group: string, name: string): boolean =>
  kind === name && (apiVersion.includes('/') ? apiVersion.split('/')[0] : '') === group;

/** How places name an object. */
export const nameOf = ({ kind, namespace, name }: Pick<ManifestObject, 'kind' | 'namespace' | 'name'>): string =>
  `${kind} ${namespace === '' ? name : `${namespace}/${name}`}`;
