import { sh } from '../sh.ts';
import { type Distribution, onEach } from './distribution.ts';
import { rancher } from './rancher.ts';

const heldIn = /\/rke2\//;

export const rke2: Distribution = {
  name: 'RKE2',
  packagedCharts: /^rke2-/,
  marks: { version: /\+rke2/, file: heldIn },
  manifest: '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml',
  ...rancher('RKE2', 'rke2', 'rke2-server'),
  // rke2-server writes the manifest again at each start.
  editFlag: (at, change) =>
    'object' in at || ('file' in at && heldIn.test(at.file))
      ? onEach('server node', change, [
          sh`vi /etc/rancher/rke2/config.yaml    # under kube-apiserver-arg: ${change}`,
          sh`systemctl restart rke2-server`,
        ])
      : null,
};
