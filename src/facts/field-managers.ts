/** Who wrote a field of an object, by its managedFields. Pure. */
import type { FieldManager } from '../model.ts';
import type { KubernetesObject } from './shared/kubernetes.ts';

/**
 * Every manager that has set the field as it is: of several who wrote different values only the last. `path` is in the keys of FieldsV1
 * (k8s.io/apimachinery, pkg/apis/meta/v1/types.go, v0.37.2). [] when nothing tells.
 */
export const managersOf = (metadata: KubernetesObject['metadata'], path: readonly string[]): readonly FieldManager[] =>
  (metadata?.managedFields ?? []).flatMap(({ manager, time, fieldsV1 }) => {
    const found = path.reduce<unknown>((fields, key) => (fields as Record<string, unknown> | undefined)?.[key], fieldsV1);
    return manager && found !== undefined ? [{ name: manager, at: new Date(time ?? 0) }] : [];
  });
