import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const doks: Distribution = {
  name: 'DOKS',
  marks: { server: /\.k8s\.ondigitalocean\.com$/, label: /^doks\.digitalocean\.com\// },
  managed: true,
  // https://docs.digitalocean.com/reference/doctl/reference/kubernetes/cluster/kubeconfig/save/
  renewAdminCredentials: {
    text: 'Write the kubeconfig again (replace CLUSTER):',
    commands: [sh`doctl kubernetes cluster kubeconfig save CLUSTER`],
  },
};
