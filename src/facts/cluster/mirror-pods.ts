import { apiPath } from '../../api-path.ts';
import { type Decoded, list as items, number, object, string, time } from '../../decode.ts';
import { fact } from '../engine/declare.ts';
import { list, metadata } from '../shared/kubernetes.ts';

/** The mirror pods of kube-apiserver, under the label that kubeadm and its kin give, or under the other one. */
export const mirrorPods = fact({
  name: 'mirrorPods',
  internal: true,
  read: async (_, ask) => {
    const both = await Promise.all([list(ask, mirrorPodsPath, mirrorPodObject), list(ask, otherMirrorPodsPath, mirrorPodObject)]);
    return both.find((found) => found.ok && found.value.length > 0) ?? both[0];
  },
});

/** The static pods of kubeadm and of its kin; kubelet copies a manifest's labels to its mirror pod. */
export const mirrorPodsPath = apiPath`/api/v1/namespaces/kube-system/pods?labelSelector=component%3Dkube-apiserver`;
/** Those of kOps, and of Talos before 1.3, bear this label alone. kubernetes/kops, nodeup/pkg/model/kube_apiserver.go. */
export const otherMirrorPodsPath = apiPath`/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dkube-apiserver`;

/** Its spec is read like that of a manifest. */
const context = object({ runAsUser: number, runAsGroup: number, fsGroup: number, supplementalGroups: items(number) });
export const mirrorPodObject = object({
  metadata: object(metadata),
  spec: object({
    nodeName: string,
    securityContext: context,
    containers: items(
      object({
        name: string,
        image: string,
        command: items(string),
        args: items(string),
        env: items(object({ name: string, value: string })),
        volumeMounts: items(object({ name: string, mountPath: string, subPath: string })),
        securityContext: context,
      }),
    ),
    volumes: items(object({ name: string, hostPath: object({ path: string }) })),
  }),
  status: object({
    containerStatuses: items(
      object({
        restartCount: number,
        lastState: object({ terminated: object({ finishedAt: time, reason: string, exitCode: number }) }),
      }),
    ),
  }),
});
export type Pod = Decoded<typeof mirrorPodObject>;
