import type { Command } from '../model.ts';
import { sh } from '../sh.ts';
import { editManifestFile } from './by-hand.ts';
import type { Distribution } from './distribution.ts';
import { keep } from './keep.ts';
import { issueFrontProxy, renewUnseen } from './kubeadm-front-proxy.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const kubeconfig = '/etc/kubernetes/admin.conf';

/** What kubeadm does with its certificates in this folder. It takes the default one for its own whatever its configuration says. */
export function kubeadmIn(pki: string, renewal: Command) {
  const files = { ca: `${pki}/front-proxy-ca.crt`, cert: `${pki}/front-proxy-client.crt`, key: `${pki}/front-proxy-client.key` };
  const known = { files, manifest, renewal };
  return {
    upstreamBuild: true,
    manifest,
    kubeconfig,
    clientCa: `${pki}/ca.crt`,
    frontProxy: files,
    editFlag: (at, change) => ('object' in at ? editManifestFile(manifest, change) : null),
    // kubeadm regenerates the manifest from its configuration at each upgrade.
    forgetFlags: (flags) => ({
      text: "Also remove it from kubeadm's configuration, if it is there.",
      // There, names stand without their dashes.
      command: sh`kubectl -n kube-system edit configmap kubeadm-config    # without ${flags.replaceAll('--', '')} in apiServer.extraArgs`,
    }),
    renewFrontProxy: renewUnseen(known),
    issueFrontProxy: (issue, expiring) => issueFrontProxy(issue, expiring, known),
    copyCaFromNode: (path) =>
      sh`scp root@OTHER-NODE:${path} /root/ca.crt && openssl x509 -in /root/ca.crt -noout && { [ ! -e ${path} ] || ${{ command: keep(path) }}; } && cp /root/ca.crt ${path}`,
  } satisfies Partial<Distribution>;
}

const pki = '/etc/kubernetes/pki';
// Without the CA's key kubeadm says so, renews nothing and exits 0 (cmd/kubeadm/app/cmd/certs.go, v1.37.2).
const withCaKey = sh`test -s ${`${pki}/ca.key`}`;

/** Recognised by kubeadm's own annotation alone. */
export const kubeadm: Distribution = {
  name: 'kubeadm',
  marks: {},
  ...kubeadmIn(pki, sh`kubeadm certs renew front-proxy-client`),
  renewServerCertificate: {
    text: "As root on each control-plane node, renew kubeadm's certificates and restart the control-plane pods:",
    commands: [
      sh`${{ command: withCaKey }} && cp -a ${pki} "/root/pki.$(date +%Y%m%d%H%M%S)" && kubeadm certs renew all && crictl pods --namespace kube-system --label tier=control-plane -q | xargs -r crictl stopp`,
    ],
  },
  renewAdminCredentials: {
    text: 'Renew the kubeconfig as root on a control-plane node, then use the new file:',
    commands: [sh`${{ command: withCaKey }} && kubeadm certs renew admin.conf`],
  },
};
