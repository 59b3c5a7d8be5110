import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';

export const oke: Distribution = {
  name: 'OKE',
  marks: { label: /^(?:oke\.oraclecloud\.com\/|node\.info\.ds_proxymux_client=)/ },
  managed: true,
  // https://docs.oracle.com/iaas/Content/ContEng/Concepts/contengnetworkconfig.htm: the endpoint's subnet has rules for 6443, 12250 and kubelet alone.
  openPath: (port) => ({
    text: `Allow TCP port ${port} from the subnet of the Kubernetes API endpoint to the subnet of the worker nodes (of the pods, with VCN-native pod networking), out of the one and into the other, in their security lists or network security groups. Both subnets, with the OCID of the cluster for OCID:`,
    commands: [sh`oci ce cluster get --cluster-id OCID --query 'data."endpoint-config"'`],
  }),
  renewAdminCredentials: {
    text: 'Write the kubeconfig again, with the OCID of the cluster for OCID:',
    commands: [sh`oci ce cluster create-kubeconfig --cluster-id OCID`],
  },
};
