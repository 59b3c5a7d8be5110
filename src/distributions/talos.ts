import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const talos: Distribution = {
  name: 'Talos',
  marks: { label: /^(app\.kubernetes\.io\/managed-by=Talos$|osImage=Talos )/ },
  look: 'Talos has no shell; see: talosctl get staticpods kube-apiserver -o yaml, and cluster.apiServer of the machine configuration',
  readFile: (node) => sh`talosctl -n ${node} read PATH`,
};
