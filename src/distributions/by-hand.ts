/** A kube-apiserver that no distribution is known to run: a static pod or a service of systemd, set up by hand. Answers what a distribution leaves open. */
import type { Fix, Flags, Place } from '../model.ts';
import { sh } from '../sh.ts';
import { type FlagFile, type FrontProxyFiles, onEach } from './distribution.ts';

const restart = sh`systemctl daemon-reload && systemctl restart kube-apiserver`;

/** Only kubeadm's names are known, and no folder. */
export const frontProxy: FrontProxyFiles = {
  ca: 'PATH/front-proxy-ca.crt',
  cert: 'PATH/front-proxy-client.crt',
  key: 'PATH/front-proxy-client.key',
};
export const clientCa = 'PATH';
export const journals: Partial<Record<Flags['origin'], string>> = { 'systemd unit': 'kube-apiserver' };
/** hyperkube: one program that held all of Kubernetes, up to 1.18. */
export const programs = ['hyperkube'];

export const flagFiles: Partial<Record<Flags['origin'], FlagFile>> = {
  manifest: {
    name: 'manifest',
    apply: {
      text: 'See why kubelet has not applied the manifest, in its log:',
      commands: [sh`journalctl -u kubelet --since -15min | grep -i manifest`],
    },
  },
  'systemd unit': {
    name: 'unit',
    apply: {
      text: 'First repair what else is found in the unit, for it comes into force as a whole; then, one control-plane node after the other:',
      commands: [restart],
    },
  },
};

/** kubelet loads every file in the folder, also a half-written one or a backup: so a manifest is edited elsewhere. */
export function editManifestFile(file: string, change: string): Fix {
  const copy = `/root/${file.split('/').at(-1)}`;
  return onEach('control-plane node', change, [sh`cp ${file} ${copy}`, sh`vi ${copy}    # ${change}`, sh`mv ${copy} ${file}`]);
}

export function editFlag(at: Place, change: string): Fix {
  if (!('file' in at))
    return { text: `${change} on each control-plane node, one after the other; kube-apiserver restarts by itself or by its service.` };
  const { file } = at;
  if (/\/systemd\/system\/[^/]+$/.test(file))
    return onEach('control-plane node', change, [sh`systemctl edit --full kube-apiserver    # ${change}`, restart]);
  // Outside the folders of a node's system kubelet does not load it.
  if (/\.(ya?ml|json|manifest)$/.test(file) && !/^\/(etc|opt|snap|srv|usr|var)\//.test(file))
    return { text: `${change} in this manifest:`, commands: [sh`vi ${file}    # ${change}`] };
  if (/\.(ya?ml|json|manifest)$|\/manifests\/[^/]+$/.test(file)) return editManifestFile(file, change);
  // What else holds flags is a drop-in or an environment file of systemd's.
  return onEach('control-plane node', change, [sh`vi ${file}    # ${change}`, restart]);
}

export const renewFrontProxy: Fix = {
  text:
    'Issue a new client certificate (EKU clientAuth, the CN of `--requestheader-allowed-names`) from the CA in ' +
    '`--requestheader-client-ca-file`, and put it and its key in place of the old; kube-apiserver reads them again within a minute.',
};
export const renewAdminCredentials: Fix = { text: 'Get a new kubeconfig or token from whoever issued this one.' };
export const showLog = sh`crictl ps -a --name kube-apiserver; crictl logs "$(crictl ps -a --name kube-apiserver -q | head -1)" 2>&1 | tail`;
