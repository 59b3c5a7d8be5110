import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const aks: Distribution = {
  name: 'AKS',
  marks: { server: /\.azmk8s\.(io|us|cn)$/, label: /^kubernetes\.azure\.com\/cluster=/ },
  managed: true,
  // https://learn.microsoft.com/azure/aks/certificate-rotation
  renewAdminCredentials: {
    text: 'Write the kubeconfig again (replace GROUP and CLUSTER):',
    commands: [sh`az aks get-credentials --resource-group GROUP --name CLUSTER --overwrite-existing`],
  },
  addOns: 'AKS add-on',
  // https://learn.microsoft.com/azure/aks/core-aks-concepts: its kube-apiserver reaches pods through konnectivity-agent.
  openPath: (port) => ({
    text: `Check that the konnectivity-agent pods run and that each of them reaches port ${port} of the pods of the extension API server (network security groups, NetworkPolicies):`,
    commands: [sh`kubectl -n kube-system get pods -l app=konnectivity-agent -o wide`],
  }),
};
