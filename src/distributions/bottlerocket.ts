import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';
import { kubeadmIn } from './kubeadm.ts';

const pki = '/var/lib/kubeadm/pki';
/** On the host there is no kubeadm: it is in the image of the bootstrap container, and takes /etc/kubernetes for its folder. */
const renewal = sh`image=$(apiclient get | apiclient exec admin jq -r '.settings["host-containers"]["kubeadm-bootstrap"].source') && ctr image pull "$image" && ctr run --rm --mount type=bind,src=/var/lib/kubeadm,dst=/var/lib/kubeadm,options=rbind:rw --mount type=bind,src=/var/lib/kubeadm,dst=/etc/kubernetes,options=rbind:rw "$image" renew-front-proxy /opt/bin/kubeadm certs renew front-proxy-client`;
const replaceMachines = sh`eksctl anywhere upgrade cluster -f CLUSTER.yaml`;
const renew = {
  text: 'On each control-plane node, in a root shell of its admin container (`sudo sheltie`), let kubeadm in its own container renew the certificate; kube-apiserver reloads it within a minute:',
  commands: [renewal],
};

/**
 * EKS Anywhere on Bottlerocket, which kubeadm sets up once. https://anywhere.eks.amazonaws.com/docs/clustermgmt/security/manually-renew-certs/,
 * https://bottlerocket.dev/en/os/latest/api/settings/kubernetes/#static-pods
 */
export const bottlerocket: Distribution = {
  name: 'Bottlerocket',
  marks: { file: /^\/etc\/kubernetes\/static-pods\//, certificate: /^\/var\/lib\/kubeadm\/pki\//, label: /^osImage=Bottlerocket / },
  byKubeadm: true,
  withoutShell: true,
  ...kubeadmIn(pki, renewal),
  manifest: '/etc/kubernetes/static-pods/kube-apiserver',
  kubeconfig: '/var/lib/kubeadm/admin.conf',
  renewFrontProxy: renew,
  issueFrontProxy: ({ caKey }, expiring) =>
    expiring && ['fits', 'unknown'].includes(caKey.is)
      ? renew
      : {
          text: 'Replace the control-plane machines, because the new ones get a new pair (with the specification of the cluster for CLUSTER.yaml):',
          commands: [replaceMachines],
        },
  renewServerCertificate: {
    text: 'Replace the control-plane machines, because the new ones get new certificates (with the specification of the cluster for CLUSTER.yaml):',
    commands: [replaceMachines],
  },
  renewAdminCredentials: {
    text: 'Get the new kubeconfig from the management cluster (replace CLUSTER):',
    commands: [sh`kubectl -n eksa-system get secret CLUSTER-kubeconfig -o jsonpath='{.data.value}' | base64 -d`],
  },
  // Whatever is edited on the node is written again at its next start.
  editFlag: (_, change) => ({
    text: `${change} in the specification of the cluster (\`controlPlaneConfiguration.apiServerExtraArgs\`), and let EKS Anywhere replace the machines (replace CLUSTER.yaml):`,
    commands: [replaceMachines],
  }),
};
