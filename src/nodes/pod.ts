/** The Pod that records what one control-plane node shows. Pure. */
import { createHash } from 'node:crypto';
import type { Manifest } from '../model.ts';

/** How aggctl recognizes these Pods, those that an earlier run left included. */
export const owner = { manager: 'aggctl', label: 'app.kubernetes.io/managed-by', value: 'aggctl-nodes' } as const;
/** Kubernetes ends such a Pod by itself after this long, seconds: also when nobody is left who would delete it. */
export const deadlineSeconds = 120;
const hostRoot = '/host';

/** The verbs on pods in the namespace that this takes, beside reading their logs. */
export const podVerbs = ['list', 'get', 'create', 'delete'] as const;

export interface NodePods {
  readonly namespace: string;
  readonly image: string;
}

/**
 * It shares the node's network, because what it dials is to take the way of kube-apiserver, and sees the node's files read-only. It runs as root without
 * capabilities: the files of kubeadm belong to root, and nothing else is needed to read them. `spc_t` lets SELinux allow that.
 */
export const podOf = (node: string, { namespace, image }: NodePods): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: podName(node), namespace, labels: { [owner.label]: owner.value, 'app.kubernetes.io/name': 'aggctl' } },
  spec: {
    nodeName: node,
    hostNetwork: true,
    dnsPolicy: 'Default',
    restartPolicy: 'Never',
    activeDeadlineSeconds: deadlineSeconds,
    terminationGracePeriodSeconds: 0,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    tolerations: [{ operator: 'Exists' }],
    containers: [
      {
        name: 'aggctl',
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['aggctl', 'record-node', '--root', hostRoot],
        securityContext: {
          runAsUser: 0,
          runAsGroup: 0,
          privileged: false,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
          seLinuxOptions: { type: 'spc_t' },
        },
        resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
        volumeMounts: [{ name: 'host', mountPath: hostRoot, readOnly: true, recursiveReadOnly: 'IfPossible' }],
      },
    ],
    volumes: [{ name: 'host', hostPath: { path: '/', type: 'Directory' } }],
  },
});

/** A name of a node may be as long as that of a Pod. */
const podName = (node: string): string =>
  `aggctl-node-${node.length <= 200 ? node : createHash('sha256').update(node).digest('hex').slice(0, 16)}`;
