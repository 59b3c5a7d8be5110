import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const tke: Distribution = {
  name: 'TKE',
  marks: { version: /-tke\./, label: /^cloud\.tencent\.com\/node-instance-id=/ },
  managed: true,
  // https://www.tencentcloud.com/document/product/457/9084: pods and nodes are in ranges of the VPC, which their security group must allow.
  openPath: (port) => ({
    text: `Check that the security group of the nodes (with VPC-CNI that of the pods) allows TCP port ${port} from the address range of the VPC and from that of the containers, and, with GlobalRouter, that the VPC has a route to the pod range of each node:`,
    commands: [sh`kubectl get nodes -o custom-columns=NODE:.metadata.name,PODS:.spec.podCIDR`],
  }),
};
