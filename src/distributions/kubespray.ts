import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';
import { kubeadmIn } from './kubeadm.ts';

const pki = '/etc/kubernetes/ssl';
const renewAll = sh`k8s-certs-renew.sh`;

/** kubeadm with its certificates in another folder. kubernetes-sigs/kubespray, roles/kubespray-defaults and roles/kubernetes/control-plane, v2.29. */
export const kubespray: Distribution = {
  name: 'kubespray',
  marks: { certificate: /^\/etc\/kubernetes\/ssl\/(?:front-proxy-|apiserver\.crt$)/ },
  byKubeadm: true,
  ...kubeadmIn(pki, sh`kubeadm certs renew front-proxy-client --cert-dir ${pki}`),
  renewServerCertificate: {
    text: 'As root on each control-plane node, one after the other; the script of kubespray renews what is near its end and restarts the control plane:',
    commands: [renewAll],
  },
};
