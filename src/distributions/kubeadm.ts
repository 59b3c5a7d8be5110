import { editManifestFile, renewFrontProxy } from './by-hand.ts';
import type { Distribution } from './distribution.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const pki = '/etc/kubernetes/pki';
const frontProxy = { ca: `${pki}/front-proxy-ca.crt`, cert: `${pki}/front-proxy-client.crt`, key: `${pki}/front-proxy-client.key` };
const issue = 'kubeadm init phase certs front-proxy-client';

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
  // kubeadm writes the manifest anew from its configuration at each upgrade.
  forgetFlags: (flags) => ({
    text: "Take it out of kubeadm's configuration as well, where it is there.",
    command: `kubectl -n kube-system edit configmap kubeadm-config    # without ${flags} in apiServer.extraArgs`,
  }),
  renewFrontProxy: {
    text: 'On each control-plane node, as root; kube-apiserver reads it again within a minute, without a restart:',
    commands: ['kubeadm certs renew front-proxy-client'],
  },
  // kubeadm writes to this path alone, whatever the flag says.
  reissueFrontProxy: (certificate) =>
    certificate === frontProxy.cert
      ? {
          text: 'On this node, as root: put the pair aside and have it signed anew by the CA that the flag names:',
          commands: [`mv ${frontProxy.cert} ${frontProxy.cert}.old`, `mv ${frontProxy.key} ${frontProxy.key}.old`, issue],
        }
      : renewFrontProxy,
  restoreFrontProxy: (pair) =>
    pair.every(({ hostPath }) => hostPath === frontProxy.cert || hostPath === frontProxy.key)
      ? {
          text: 'On this node, as root: have kubeadm make the pair anew, signed by the front-proxy CA of this node:',
          commands: [...pair.filter(({ is }) => is !== 'absent').map(({ hostPath }) => `mv ${hostPath} ${hostPath}.old`), issue],
        }
      : null,
  copyFromNode: (path) => `scp root@OTHER-NODE:${path} ${path}`,
  // Beside the other certificates.
  frontProxyBeside: (certificate) => {
    const stem = certificate.replace(/[^/]*$/, 'front-proxy-client');
    return certificate.endsWith('/front-proxy-client.crt') ? null : { cert: `${stem}.crt`, key: `${stem}.key` };
  },
  renewServerCertificate: {
    text: 'On each control-plane node, as root, renew all certificates of kubeadm and restart the control-plane pods:',
    commands: ['kubeadm certs renew all', 'crictl pods --namespace kube-system --label tier=control-plane -q | xargs -r crictl stopp'],
  },
  renewAdminCredentials: {
    text: 'On a control-plane node, as root, renew the file and use the new one:',
    commands: ['kubeadm certs renew admin.conf'],
  },
};
