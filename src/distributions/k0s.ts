import { sh } from '../sh.ts';
import { type Distribution, onEach } from './distribution.ts';
import { putAway } from './keep.ts';

export const configuration = '/etc/k0s/k0s.yaml';
export const service = '/etc/systemd/system/k0scontroller.service';
export const dataFolder = '/var/lib/k0s';
const pki = `${dataFolder}/pki`;
const restart = sh`systemctl restart k0scontroller`;

/** kube-apiserver is a process that k0s starts. k0sproject/k0s, pkg/component/controller/apiserver.go and cmd/controller/certificates.go, v1.36. */
export const k0s: Distribution = {
  name: 'k0s',
  marks: { version: /\+k0s/, origin: 'k0s configuration', file: /\/k0s(?:\.yaml|controller\.service)$/, label: /^node\.k0sproject\.io\// },
  look: 'k0s starts kube-apiserver itself; on a controller: sudo aggctl doctor',
  journal: 'k0scontroller',
  programs: ['k0s'],
  kubeconfig: `${pki}/admin.conf`,
  clientCa: `${pki}/ca.crt`,
  frontProxy: { ca: `${pki}/front-proxy-ca.crt`, cert: `${pki}/front-proxy-client.crt`, key: `${pki}/front-proxy-client.key` },
  // pkg/certificate/manager.go (regenerateCert): what its own CAs signed is issued at every start, whatever its dates.
  renewFrontProxy: { text: 'On each controller, one after the other; k0s issues its certificates at each start:', commands: [restart] },
  renewServerCertificate: {
    text: 'On each controller, one after the other; k0s issues its certificates at each start:',
    commands: [restart],
  },
  // EnsureCA makes one where there is none; the other controllers have a copy of it.
  renewCa: {
    text: 'On one controller, let k0s make a new CA. Then copy both files to the other controllers, and restart k0s there:',
    commands: [
      sh`${{ command: putAway(`${pki}/front-proxy-ca.crt`, '/root/front-proxy-ca.crt') }} && ${{ command: putAway(`${pki}/front-proxy-ca.key`, '/root/front-proxy-ca.key') }} && ${{ command: restart }}`,
    ],
  },
  renewAdminCredentials: { text: 'On a controller, get a new kubeconfig:', commands: [sh`k0s kubeconfig admin`] },
  // https://docs.k0sproject.io/stable/configuration/#specapi
  editFlag: (at, change) =>
    'object' in at ? null : onEach('controller', change, [sh`vi ${configuration}    # under spec.api.extraArgs: ${change}`, restart]),
  showLog: sh`journalctl -u k0scontroller --since -15min | grep kube-apiserver`,
};

/** What k0s sets by itself, as far as it concerns the aggregation layer. */
export function defaultFlags(folder: string): ReadonlyMap<string, string> {
  return new Map([
    ['authorization-mode', 'Node,RBAC'],
    ['client-ca-file', `${folder}/pki/ca.crt`],
    ['proxy-client-cert-file', `${folder}/pki/front-proxy-client.crt`],
    ['proxy-client-key-file', `${folder}/pki/front-proxy-client.key`],
    ['requestheader-allowed-names', 'front-proxy-client'],
    ['requestheader-client-ca-file', `${folder}/pki/front-proxy-ca.crt`],
    ['requestheader-extra-headers-prefix', 'X-Remote-Extra-'],
    ['requestheader-group-headers', 'X-Remote-Group'],
    ['requestheader-username-headers', 'X-Remote-User'],
    ['tls-cert-file', `${folder}/pki/server.crt`],
    ['tls-private-key-file', `${folder}/pki/server.key`],
  ]);
}
