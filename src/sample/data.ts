/** The objects that the sample serves (k8s.io/sample-apiserver v0.37.2, pkg/apis/wardle/v1alpha1). */
import type { Manifest } from '../model.ts';
import { group, ownLabels, version } from './plan.ts';

const apiVersion = `${group}/${version}`;

/** In namespace `default`, as in artifacts/flunders. */
export const flunder = (name: string): Manifest => ({
  apiVersion,
  kind: 'Flunder',
  metadata: { name, namespace: 'default', labels: { ...ownLabels } },
  spec: {},
});

/** Of the whole cluster. */
export const fischer = (name: string, disallowedFlunders: readonly string[]): Manifest => ({
  apiVersion,
  kind: 'Fischer',
  metadata: { name, labels: { ...ownLabels } },
  disallowedFlunders,
});
