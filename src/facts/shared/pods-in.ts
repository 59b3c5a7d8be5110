/** The Pods that a YAML document describes: a Pod itself, the template of a workload, or the items of a List. Pure. */
import { isMap, isSeq, type Node, type YAMLMap } from 'yaml';

/** A Pod with its `spec`, and the object that it comes from. */
export interface PodIn {
  readonly pod: YAMLMap;
  /** The object's name. */
  readonly name: string;
  /** Of a template: the workload whose controller makes the Pod, as `Deployment kube-apiserver`. null: a Pod by itself. */
  readonly workload: string | null;
}

export function podsIn(object: Node | null): readonly PodIn[] {
  if (!isMap(object)) return [];
  const items = object.get('items');
  if (isSeq(items)) return items.items.flatMap((item) => podsIn(item as Node));
  const name = String(object.getIn(['metadata', 'name']) ?? '');
  if (object.get('kind') === 'Pod') return [{ pod: object, name, workload: null }];
  const template = object.getIn(['spec', 'template']);
  return isMap(template) ? [{ pod: template, name, workload: `${object.get('kind')} ${name}` }] : [];
}
