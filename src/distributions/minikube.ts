import { sh } from '../sh.ts';
import type { Distribution } from './distribution.ts';
import { kubeadmIn } from './kubeadm.ts';

const pki = '/var/lib/minikube/certs';
const restart = sh`minikube stop -p PROFILE && minikube start -p PROFILE`;
const atStart = {
  text: 'minikube renews at its start what has expired. With the name of its profile for PROFILE (`minikube profile list`):',
  commands: [restart],
};

/** kubeadm in a machine of minikube's. kubernetes/minikube, pkg/minikube/bootstrapper/certs.go (renewExpiredKubeadmCerts), v1.37. */
export const minikube: Distribution = {
  name: 'minikube',
  marks: { certificate: /^\/var\/lib\/minikube\/certs\//, label: /^minikube\.k8s\.io\// },
  byKubeadm: true,
  ...kubeadmIn(pki, sh`"$(ls -d /var/lib/minikube/binaries/*/kubeadm | tail -n 1)" certs renew front-proxy-client --cert-dir ${pki}`),
  renewFrontProxy: atStart,
  renewServerCertificate: atStart,
  renewAdminCredentials: {
    text: 'Let minikube write the kubeconfig again, with the name of the profile for PROFILE:',
    commands: [restart],
  },
  // https://minikube.sigs.k8s.io/docs/handbook/config/#modifying-kubernetes-defaults
  editFlag: (at, change) =>
    'object' in at
      ? {
          text: `${change}. minikube takes flags at its start, and the next start undoes what is edited in the manifest (replace NAME=VALUE):`,
          commands: [sh`minikube start -p PROFILE --extra-config=apiserver.NAME=VALUE`],
        }
      : null,
};
