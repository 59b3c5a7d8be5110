import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const eks: Distribution = {
  name: 'EKS',
  marks: { version: /-eks-/, server: /\.eks\.amazonaws\.com(\.cn)?$/, label: /^eks\.amazonaws\.com\// },
  managed: true,
  // https://docs.aws.amazon.com/cli/latest/reference/eks/update-kubeconfig.html
  renewAdminCredentials: {
    text: 'Write the kubeconfig again (replace CLUSTER):',
    commands: [sh`aws eks update-kubeconfig --name CLUSTER`],
  },
  // https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html: it dials from its interfaces in the VPC, in the cluster security group.
  openPath: (port) => ({
    text: `Add an inbound rule for TCP port ${port} from the cluster security group to the security group of the nodes (of the pods, if they have their own), and check network ACLs and NetworkPolicies. The cluster security group, with the name of the cluster for CLUSTER:`,
    commands: [sh`aws eks describe-cluster --name CLUSTER --query cluster.resourcesVpcConfig`],
  }),
};
