/** Where the flags of the kube-apiserver on this node are read: the first of the readers that finds one. */
import type { Observed, Unavailable } from '../../model.ts';
import type { Manifest } from '../manifest.ts';
import { k3s } from './k3s.ts';
import { microk8s } from './microk8s.ts';
import { type At, type InWave, type Reader, readText } from './reader.ts';
import { staticPod } from './static-pod.ts';
import { systemd } from './systemd.ts';

/** Where the distributions put kube-apiserver's static pod manifest: kubeadm and kind, RKE2, kOps, OpenShift. */
export const manifestPaths = [
  '/etc/kubernetes/manifests/kube-apiserver.yaml',
  '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml',
  '/etc/kubernetes/manifests/kube-apiserver.manifest',
  '/etc/kubernetes/manifests/kube-apiserver-pod.yaml',
] as const;
const readers: readonly Reader[] = [staticPod(manifestPaths), systemd, microk8s, k3s];

/** The kube-apiserver here; all readers ask at once. `manifests`: where to look for one, and nowhere else. None at all: `excluded`. */
export async function readHere(inWave: InWave, manifests?: readonly string[]): Promise<Observed<Manifest>> {
  const at = hostname(inWave);
  const found = await Promise.all((manifests ? [staticPod(manifests)] : readers).map((read) => read(inWave, at)));
  const first = found.find((one) => one.ok && one.value !== null) ?? found.find((one) => !one.ok);
  return first === undefined || (first.ok && first.value === null) ? notHere : (first as Observed<Manifest>);
}
const notHere: Unavailable = {
  ok: false,
  why: 'excluded',
  message: "kube-apiserver's manifest and certificate files: on a control-plane node, run sudo aggctl doctor",
};

async function hostname(inWave: InWave): Promise<At> {
  const name = await readText(inWave(0), '/etc/hostname');
  const node = name.ok && name.value !== null ? name.value.trim() : undefined;
  return (file, line) => ({ file, ...(line && { line }), ...(node && { node }) });
}
