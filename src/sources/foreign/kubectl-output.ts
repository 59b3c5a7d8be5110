/**
 * What `kubectl get -o yaml` and `-o json` print: files of objects and lists, in any arrangement. Nothing tells which objects were asked for, so
 * none of these files proves that an object does not exist.
 */
import type { Reader } from './holding.ts';

const isObjects = (path: string): boolean => /\.(?:json|ya?ml)$/.test(path);

export const kubectlOutput: Reader = {
  name: 'kubectl output',
  recognizes: (paths) => paths.some(isObjects),
  holds: (path) => (isObjects(path) ? { is: 'objects' } : null),
};
