import { sh } from '../sh.ts';
import { editManifestFile, renewFrontProxy } from './by-hand.ts';
import type { Distribution } from './distribution.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const pki = '/etc/kubernetes/pki';
const frontProxy = { ca: `${pki}/front-proxy-ca.crt`, cert: `${pki}/front-proxy-client.crt`, key: `${pki}/front-proxy-client.key` };
const issue = sh`kubeadm init phase certs front-proxy-client`;

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
    command: sh`kubectl -n kube-system edit configmap kubeadm-config    # without ${flags} in apiServer.extraArgs`,
  }),
  renewFrontProxy: {
    text: 'As root on each control-plane node, renew the certificate; kube-apiserver reloads it within a minute without a restart:',
    commands: [sh`kubeadm certs renew front-proxy-client`],
  },
  // kubeadm writes only to this path, whatever the flag says.
  reissueFrontProxy: (certificate) =>
    certificate === frontProxy.cert
      ? {
          text: 'As root on this node, move the pair away and let kubeadm reissue it from the CA that the flag names:',
          commands: [sh`mv ${frontProxy.cert} ${frontProxy.cert}.old`, sh`mv ${frontProxy.key} ${frontProxy.key}.old`, issue],
        }
      : renewFrontProxy,
  restoreFrontProxy: (pair) =>
    pair.every(({ hostPath }) => hostPath === frontProxy.cert || hostPath === frontProxy.key)
      ? {
          text: "As root on this node, let kubeadm create a new pair, signed by this node's front-proxy CA:",
          commands: [
            ...pair.flatMap(({ hostPath, is }) => (hostPath === null || is === 'absent' ? [] : [sh`mv ${hostPath} ${hostPath}.old`])),
            issue,
          ],
        }
      : null,
  copyFromNode: (path) => sh`scp root@OTHER-NODE:${path} ${path}`,
  // Beside the other certificates.
  frontProxyBeside: (certificate) => {
    const stem = certificate.replace(/[^/]*$/, 'front-proxy-client');
    return certificate.endsWith('/front-proxy-client.crt') ? null : { cert: `${stem}.crt`, key: `${stem}.key` };
  },
  renewServerCertificate: {
    text: "As root on each control-plane node, renew kubeadm's certificates and restart the control-plane pods:",
    commands: [sh`kubeadm certs renew all`, sh`crictl pods --namespace kube-system --label tier=control-plane -q | xargs -r crictl stopp`],
  },
  renewAdminCredentials: {
    text: 'Renew the kubeconfig as root on a control-plane node, then use the new file:',
    commands: [sh`kubeadm certs renew admin.conf`],
  },
};
