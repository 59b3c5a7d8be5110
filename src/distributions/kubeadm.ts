import { sh } from '../sh.ts';
import { editManifestFile } from './by-hand.ts';
import type { Distribution } from './distribution.ts';
import { issueFrontProxy, renewUnseen } from './kubeadm-front-proxy.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const pki = '/etc/kubernetes/pki';
const frontProxy = { ca: `${pki}/front-proxy-ca.crt`, cert: `${pki}/front-proxy-client.crt`, key: `${pki}/front-proxy-client.key` };

/** kubeadm, and kind with it. Recognised by kubeadm's own annotation alone. */
export const kubeadm: Distribution = {
  name: 'kubeadm',
  marks: {},
  upstreamBuild: true,
  manifest,
  kubeconfig: '/etc/kubernetes/admin.conf',
  clientCa: `${pki}/ca.crt`,
  frontProxy,
  editFlag: (at, change) => ('object' in at ? editManifestFile(manifest, change) : null),
  // kubeadm regenerates the manifest from its configuration at each upgrade.
  forgetFlags: (flags) => ({
    text: "Also remove it from kubeadm's configuration, if it is there.",
    // There, names stand without their dashes.
    command: sh`kubectl -n kube-system edit configmap kubeadm-config    # without ${flags.replaceAll('--', '')} in apiServer.extraArgs`,
  }),
  renewFrontProxy: renewUnseen(frontProxy, manifest),
  issueFrontProxy: (issue, expiring) => issueFrontProxy(issue, expiring, frontProxy),
  copyFromNode: (path) => sh`scp root@OTHER-NODE:${path} ${path}`,
  renewServerCertificate: {
    text: "As root on each control-plane node, renew kubeadm's certificates and restart the control-plane pods:",
    commands: [sh`kubeadm certs renew all`, sh`crictl pods --namespace kube-system --label tier=control-plane -q | xargs -r crictl stopp`],
  },
  renewAdminCredentials: {
    text: 'Renew the kubeconfig as root on a control-plane node, then use the new file:',
    commands: [sh`kubeadm certs renew admin.conf`],
  },
};
