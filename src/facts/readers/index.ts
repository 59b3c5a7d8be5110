/** Where a node's kube-apiserver is looked for. */
import type { Ask, Unavailable } from '../../model.ts';
import { type At, readText } from './reader.ts';

/** Where the distributions put kube-apiserver's static pod manifest: kubeadm and kind, RKE2, kOps, OpenShift. */
export const manifestPaths = [
  '/etc/kubernetes/manifests/kube-apiserver.yaml',
  '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml',
  '/etc/kubernetes/manifests/kube-apiserver.manifest',
  '/etc/kubernetes/manifests/kube-apiserver-pod.yaml',
] as const;

export const notHere: Unavailable = {
  ok: false,
  why: 'excluded',
  message: "kube-apiserver's manifest and certificate files; they lie on the control-plane nodes: sudo aggctl doctor",
};

/** Makes the places of a node: with its name, where that is visible. */
export async function hostname(ask: Ask): Promise<At> {
  const name = await readText(ask, '/etc/hostname');
  const node = name.ok && name.value !== null ? name.value.trim() : undefined;
  return (file, line) => ({ file, ...(line && { line }), ...(node && { node }) });
}
