import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';
import { kubeadm } from './kubeadm.ts';

const inManagementCluster = 'In the management cluster, with the KubeadmControlPlane of this cluster for NAME';
const rollOut = sh`clusterctl alpha rollout restart kubeadmcontrolplane/NAME`;

/** kubeadm on machines that are replaced, not repaired. https://cluster-api.sigs.k8s.io/tasks/certs/auto-rotate-certificates-in-kcp */
export const clusterApi: Distribution = {
  ...kubeadm,
  name: 'Cluster API',
  marks: { label: /^cluster\.x-k8s\.io\/machine=/ },
  byKubeadm: true,
  renewFrontProxy: {
    text: `${inManagementCluster}, roll out new control-plane machines; each gets a new certificate:`,
    commands: [rollOut],
  },
  renewServerCertificate: {
    text: `${inManagementCluster}, roll out new control-plane machines; each gets new certificates:`,
    commands: [rollOut],
  },
  renewAdminCredentials: {
    text: 'In the management cluster, write the kubeconfig of this cluster again (replace CLUSTER):',
    commands: [sh`clusterctl get kubeconfig CLUSTER`],
  },
  editFlag: (at, change) =>
    'object' in at
      ? {
          text: `${inManagementCluster}, ${change.slice(0, 1).toLowerCase()}${change.slice(1)}; new machines replace the old ones:`,
          commands: [
            sh`kubectl edit kubeadmcontrolplane NAME    # ${change}, in spec.kubeadmConfigSpec.clusterConfiguration.apiServer.extraArgs`,
          ],
        }
      : null,
};
