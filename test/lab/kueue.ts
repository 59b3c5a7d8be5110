/** Kueue v0.17.0 on a whole node: its own manifests (config/default), put together by kubectl, with quick probes. */
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from './api.ts';
import { image, sourcesOf } from './node-assets.ts';
import type { WholeNode } from './whole-node.ts';

export const visibility = {
  apiServices: ['v1beta1', 'v1beta2'].map((version) => `${version}.visibility.kueue.x-k8s.io`),
  namespace: 'kueue-system',
};

/** All objects of the installation. */
export async function kueueObjects(node: WholeNode): Promise<readonly KubernetesObject[]> {
  const text = await node.kubectl('kustomize', join(await sourcesOf('kueue'), 'config/default'));
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
  for (const { kind, spec } of objects) {
    if (kind !== 'Deployment') continue;
    const pod = spec.template.spec;
    // Its image has a user; the lab's has none.
    Object.assign(pod.securityContext, { runAsUser: 65532 });
    Object.assign(pod.containers[0], { image: image.kueue, imagePullPolicy: 'IfNotPresent', resources: {} });
    Object.assign(pod.containers[0].readinessProbe, { initialDelaySeconds: 1, periodSeconds: 1 });
  }
  return objects;
}
