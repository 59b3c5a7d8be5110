import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';
import { kubeadm } from './kubeadm.ts';

const inEachNode = sh`kind get nodes --name NAME | grep control-plane | xargs -I % docker exec %`;

/** kubeadm in nodes that are containers. kubernetes-sigs/kind, pkg/cluster/internal/kubeadm, v0.30; https://kind.sigs.k8s.io/docs/user/quick-start. */
export const kind: Distribution = {
  ...kubeadm,
  name: 'kind',
  marks: { label: /^providerID=kind:\/\// },
  byKubeadm: true,
  renewFrontProxy: {
    text: 'Renew the certificate in each control-plane container (replace NAME: `kind get clusters`); kube-apiserver reloads it within a minute:',
    commands: [sh`${{ command: inEachNode }} kubeadm certs renew front-proxy-client`],
  },
  renewAdminCredentials: {
    text: 'Renew the credentials in a control-plane container, and write the kubeconfig again (replace NAME: `kind get clusters`):',
    commands: [sh`${{ command: inEachNode }} kubeadm certs renew admin.conf`, sh`kind export kubeconfig --name NAME`],
  },
};
