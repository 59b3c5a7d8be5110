/** The nodes that run the control plane: those that bear a role's label, and those of kube-apiserver's mirror pods. */
import { apiPath } from '../api-path.ts';
import { mirrorPodObject, mirrorPodsPath, otherMirrorPodsPath } from '../facts/cluster/mirror-pods.ts';
import { kubernetesObject, list } from '../facts/shared/kubernetes.ts';
import type { Ask, Observed } from '../model.ts';

/** Names, sorted. Not available when neither could be listed. */
export async function controlPlaneNodes(ask: Ask): Promise<Observed<readonly string[]>> {
  const [pods, nodes] = await Promise.all([
    Promise.all([mirrorPodsPath, otherMirrorPodsPath].map((path) => list(ask, path, mirrorPodObject))),
    Promise.all(roles.map((role) => list(ask, apiPath`/api/v1/nodes?labelSelector=${role}`, kubernetesObject))),
  ]);
  const failed = [...pods, ...nodes].find((one) => !one.ok);
  const names = [
    ...pods.flatMap((found) => (found.ok ? found.value.map(({ spec }) => spec?.nodeName) : [])),
    ...nodes.flatMap((found) => (found.ok ? found.value.map(({ metadata }) => metadata?.name) : [])),
  ]
    .filter((name) => name !== undefined)
    .filter((name) => /^[a-z0-9][a-z0-9.-]{0,252}$/.test(name));
  return failed && !failed.ok && names.length === 0 ? failed : { ok: true, value: [...new Set(names)].sort() };
}

/** Up to 1.23 `master` alone; k0s, K3s and RKE2 set the other, too. */
const roles = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master', 'node-role.kubernetes.io/controlplane'];
