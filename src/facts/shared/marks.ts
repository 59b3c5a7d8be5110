import type { Marks } from '../../owners/index.ts';
import type { KubernetesObject } from './kubernetes.ts';

/** What an object's metadata tells of its owner. */
export const marksOf = ({ metadata = {} }: KubernetesObject): Marks => ({
  labels: metadata.labels ?? {},
  annotations: metadata.annotations ?? {},
  managers: (metadata.managedFields ?? []).flatMap(({ manager }) => manager ?? []),
  owners: (metadata.ownerReferences ?? []).map(({ kind = '', name = '' }) => `${kind}/${name}`),
});
