import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

const reboot = {
  text: 'Talos renews the certificates of the control plane by itself while their CA is valid. Where it has not, reboot each control-plane node, one after the other (replace NODE), which makes Talos issue them again:',
  commands: [sh`talosctl -n NODE reboot --wait`],
};
const machineConfig = (change: string) => sh`talosctl -n NODE edit machineconfig    # ${change}`;

/** https://docs.siderolabs.com/talos/v1.11/security/cert-management; siderolabs/talos, internal/app/machined/pkg/controllers/secrets/kubernetes_dynamic_certs.go, v1.11. */
export const talos: Distribution = {
  name: 'Talos',
  marks: { label: /^(app\.kubernetes\.io\/managed-by=Talos$|osImage=Talos )/ },
  look: 'Talos has no shell; see: talosctl get staticpods kube-apiserver -o yaml, and cluster.apiServer of the machine configuration',
  withoutShell: true,
  readFile: (node) => sh`talosctl -n ${node} read PATH`,
  renewFrontProxy: reboot,
  renewServerCertificate: reboot,
  // talosctl rotate-ca replaces other CAs (https://github.com/siderolabs/talos/issues/8808).
  renewCa: {
    text: 'Make a new CA, and write it and its key, in base64, into the machine configuration of each control-plane node, one after the other (replace NODE); Talos then issues a new pair:',
    commands: [machineConfig('cluster.aggregatorCA')],
  },
  renewAdminCredentials: {
    text: 'Let Talos write the kubeconfig again (replace NODE by a control-plane node):',
    commands: [sh`talosctl -n NODE kubeconfig`],
  },
  editFlag: (_, change) => ({
    text: `In the machine configuration of each control-plane node (replace NODE), one after the other, ${change.slice(0, 1).toLowerCase()}${change.slice(1)}:`,
    commands: [machineConfig(`${change}, in cluster.apiServer.extraArgs`)],
  }),
  showLog: sh`talosctl -n NODE logs -k kube-system/kube-apiserver-NODE:kube-apiserver`,
};
