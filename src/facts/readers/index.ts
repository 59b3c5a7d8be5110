/** Where the flags of the kube-apiserver on this node are read: the first of the readers that finds one. */
import type { Ask, Observed, Unavailable } from '../../model.ts';
import type { Manifest } from '../manifest.ts';
import { k3s } from './k3s.ts';
import { microk8s } from './microk8s.ts';
import { type At, type InWave, type Reader, readText } from './reader.ts';
import { staticPod } from './static-pod.ts';
import { systemd } from './systemd.ts';

/** Where the distributions put kube-apiserver's static pod manifest: kubeadm and kind, RKE2, kOps, OpenShift. */
const manifestPaths = [
  '/etc/kubernetes/manifests/kube-apiserver.yaml',
  '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml',
  '/etc/kubernetes/manifests/kube-apiserver.manifest',
  '/etc/kubernetes/manifests/kube-apiserver-pod.yaml',
] as const;
const readers: readonly Reader[] = [staticPod(manifestPaths), systemd, microk8s, k3s];

/** The kube-apiserver here; all readers ask at once. `named`: the manifest to read, and nothing else. None at all: `excluded`. */
export async function readHere(inWave: InWave, named?: string): Promise<Observed<Manifest>> {
  const at = hostname(inWave);
  const found = await Promise.all((named ? [staticPod([named])] : readers).map((read) => read(inWave, at)));
  const first = found.find((one) => one.ok && one.value !== null) ?? found.find((one) => !one.ok);
  return first === undefined || (first.ok && first.value === null) ? notHere : (first as Observed<Manifest>);
}

/**
 * What each source shows of its node, and what to ask for further files: in the wave after the last that was needed (`next`), so that they
 * all go out together.
 */
export async function readAll(
  sources: readonly InWave[],
  named?: string,
): Promise<{ locals: readonly { files: Ask; manifest: Observed<Manifest> }[]; next: number }> {
  let next = 1;
  const read = await Promise.all(
    sources.map(async (inWave) => {
      const counted: InWave = (wave) => (question) => {
        next = Math.max(next, wave + 1);
        return inWave(wave)(question);
      };
      return { inWave, manifest: await readHere(counted, named) };
    }),
  );
  return { locals: read.map(({ inWave, manifest }) => ({ files: inWave(next), manifest })), next };
}
const notHere: Unavailable = {
  ok: false,
  why: 'excluded',
  message: "kube-apiserver's manifest and certificate files; they lie on the control-plane nodes: sudo aggctl doctor",
};

async function hostname(inWave: InWave): Promise<At> {
  const name = await readText(inWave(0), '/etc/hostname');
  const node = name.ok && name.value !== null ? name.value.trim() : undefined;
  return (file, line) => ({ file, ...(line && { line }), ...(node && { node }) });
}
