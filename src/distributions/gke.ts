import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const gke: Distribution = {
  name: 'GKE',
  marks: { version: /-gke\./, label: /^cloud\.google\.com\/gke-/ },
  managed: true,
  renewAdminCredentials: {
    text: 'Write the kubeconfig again (replace CLUSTER and LOCATION):',
    commands: [sh`gcloud container clusters get-credentials CLUSTER --location LOCATION`],
  },
  addOns: 'GKE add-on',
  // https://cloud.google.com/kubernetes-engine/docs/how-to/private-clusters#add_firewall_rules: without a rule, ports 443 and 10250 alone are open.
  openPath: (port) => ({
    text: `Add a VPC firewall rule that allows TCP port ${port} from the control plane's address range to the nodes, because GKE opens only 443 and 10250 by itself, and check that the konnectivity-agent pods run:`,
    commands: [
      sh`gcloud compute firewall-rules list --filter name~^gke-`,
      sh`kubectl -n kube-system get pods -l k8s-app=konnectivity-agent -o wide`,
    ],
  }),
};
