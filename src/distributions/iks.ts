import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const iks: Distribution = {
  name: 'IKS',
  marks: { version: /\+IKS/, server: /\.containers\.cloud\.ibm\.com$/ },
  managed: true,
  // https://cloud.ibm.com/docs/containers?topic=containers-debug_metrics_server: its kube-apiserver reaches pods through Konnectivity.
  openPath: (port) => ({
    text: `Check that the konnectivity-agent pods run and that each of them reaches port ${port} of the pods of the extension API server (security groups, NetworkPolicies):`,
    commands: [sh`kubectl get pods -A -o wide | grep konnectivity-agent`],
  }),
  renewAdminCredentials: {
    text: 'Write the kubeconfig again (replace CLUSTER):',
    commands: [sh`ibmcloud ks cluster config --cluster CLUSTER`],
  },
};
