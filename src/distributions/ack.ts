import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const ack: Distribution = {
  name: 'ACK',
  marks: { version: /-aliyun\./, label: /^alibabacloud\.com\/nodepool-id=/ },
  managed: true,
  // https://help.aliyun.com/en/ack/ack-managed-and-ack-dedicated/user-guide/configure-security-group-rules-to-enforce-access-control-on-ack-clusters,
  // https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/work-with-flannel
  openPath: (port) => ({
    text: `Check that the security group of the nodes (with Terway that of the pods) allows TCP port ${port} from the cluster's own security group and from the address range of the VPC, and, with Flannel, that each route table of the VPC has a route to the pod range of each node:`,
    commands: [sh`kubectl get nodes -o custom-columns=NODE:.metadata.name,PODS:.spec.podCIDR`],
  }),
};
