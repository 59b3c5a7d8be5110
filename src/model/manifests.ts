/** Objects of manifests that nobody has applied yet. Plain, immutable data. */

export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** '' for an object of the cluster. Of an object that names none, the one that it will most likely be applied to. */
  readonly namespace: string;
  readonly name: string;
  readonly value: Readonly<Record<string, unknown>>;
  readonly from: ManifestPlace;
}
/** Where an object is: what its lines are read from, when they are asked for. */
interface ManifestPlace {
  readonly file: string;
  /** The document of the file that holds it, and the first line of that. */
  readonly document: string;
  readonly line: number;
  /** Of the object in its document: the item of a List. */
  readonly path: readonly (string | number)[];
}
