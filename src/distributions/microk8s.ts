import { sh } from '../sh.ts';
import { type Distribution, onEach } from './distribution.ts';

const data = '/var/snap/microk8s/current';
export const argumentsFile = `${data}/args/kube-apiserver`;
/** Named as EnvironmentFile in every unit that snapd writes (canonical/snapd, wrappers/internal/service_unit_gen.go). */
export const environmentFile = '/etc/environment';
/** What snapd sets for the snap's services. */
export const variables: Readonly<Record<string, string>> = {
  SNAP: '/snap/microk8s/current',
  SNAP_DATA: data,
  SNAP_COMMON: '/var/snap/microk8s/common',
};

const restart = sh`snap restart microk8s`;

export const microk8s: Distribution = {
  name: 'MicroK8s',
  marks: { file: /^\/var\/snap\/microk8s\//, origin: 'arguments file', label: /microk8s/ },
  look: 'MicroK8s holds kube-apiserver within kubelite; on a node: sudo aggctl doctor',
  kubeconfig: `${data}/credentials/client.config`,
  frontProxy: {
    ca: `${data}/certs/front-proxy-ca.crt`,
    cert: `${data}/certs/front-proxy-client.crt`,
    key: `${data}/certs/front-proxy-client.key`,
  },
  journal: 'snap.microk8s.daemon-kubelite',
  programs: ['kubelite', 'microk8s'],
  flagFile: {
    name: 'arguments file',
    apply: {
      text: 'First repair what else is found in the file, for it comes into force as a whole; then, one node after the other:',
      commands: [restart],
    },
  },
  editFlag: (at, change) =>
    'object' in at
      ? null
      : onEach('control-plane node', change, [sh`vi ${'file' in at ? at.file : argumentsFile}    # ${change}`, restart]),
  renewServerCertificate: {
    text: 'On each control-plane node; MicroK8s restarts its services:',
    commands: [sh`microk8s refresh-certs --cert server.crt`],
  },
  renewAdminCredentials: { text: 'On a control-plane node, get a new kubeconfig:', commands: [sh`microk8s config`] },
  showLog: sh`journalctl -u snap.microk8s.daemon-kubelite --since -15min`,
  renewFrontProxy: {
    text: 'On each control-plane node; MicroK8s signs it by its front-proxy CA and restarts its services:',
    commands: [sh`microk8s refresh-certs --cert front-proxy-client.crt`],
  },
};
