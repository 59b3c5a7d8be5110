import type { Distribution } from './distribution.ts';

export const cce: Distribution = {
  name: 'CCE',
  // As in v1.28.8-r6-28.0.14.2 and v1.19.10-r0-CCE21.11.1.
  marks: { version: /-r\d+-(?:CCE)?\d+\.\d+\./ },
  managed: true,
  // https://support.huaweicloud.com/intl/en-us/cce_faq/cce_faq_00265.html: from the master nodes, kubelet's port alone is open.
  openPath: (port) => ({
    text: `Add an inbound rule for TCP port ${port} from the security group of the master nodes, CLUSTER-cce-control-…, to that of the nodes, CLUSTER-cce-node-… (in CCE Turbo that of the pods, CLUSTER-cce-eni-…), and check network ACLs and NetworkPolicies.`,
  }),
};
