/** A kube-apiserver that no distribution is known to run: a static pod or a service of systemd, set up by hand. Answers what a distribution leaves open. */
import type { Fix, Flags, FrontProxyIssue, Place } from '../model.ts';
import { sh } from '../sh.ts';
import { type FlagFile, type FrontProxyFiles, onEach } from './distribution.ts';
import { keep } from './keep.ts';
import { issueWithOpenssl, type ReplacedCa, replaceCa } from './openssl-front-proxy.ts';

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
  return onEach('control-plane node', change, [
    sh`cp -p ${file} ${copy}`,
    sh`vi ${copy}    # ${change}`,
    sh`${{ command: keep(file, copy) }} && mv ${copy} ${file}`,
  ]);
}

export function editFlag(at: Place, change: string): Fix {
  if (!('file' in at))
    return { text: `${change} on each control-plane node, one after the other; kube-apiserver restarts by itself or by its service.` };
  const { file } = at;
  if (/\/systemd\/system\/[^/]+$/.test(file))
    return onEach('control-plane node', change, [sh`systemctl edit --full kube-apiserver    # ${change}`, restart]);
  // Outside the folders of a node's system kubelet does not load it.
  if (/\.(ya?ml|json|manifest)$/.test(file) && !/^\/(etc|opt|snap|srv|usr|var)\//.test(file))
    return { text: `In this manifest, ${change.slice(0, 1).toLowerCase()}${change.slice(1)}:`, commands: [sh`vi ${file}    # ${change}`] };
  if (/\.(ya?ml|json|manifest)$|\/manifests\/[^/]+$/.test(file)) return editManifestFile(file, change);
  // What else holds flags is a drop-in or an environment file of systemd's.
  return onEach('control-plane node', change, [sh`vi ${file}    # ${change}`, restart]);
}

export const renewFrontProxy: Fix = {
  text:
    'Issue a new client certificate (EKU clientAuth, the CN of `--requestheader-allowed-names`) from the CA in ' +
    '`--requestheader-client-ca-file`, and put it and its key in place of the old; kube-apiserver reads them again within a minute.',
};
const newCaFirst = (expired: boolean) =>
  `Create a new requestheader CA and ${expired ? 'put it into this file on every control-plane node, in place of the expired one' : 'add it to this file on every control-plane node, beside the old one'}. Wait until ConfigMap extension-apiserver-authentication contains it. Only then issue the front-proxy client certificate from it.`;
/** `files` null: nobody sees those that the flags name. */
export function renewCa({ files, expired, ...how }: Omit<ReplacedCa, 'files'> & { readonly files: FrontProxyFiles | null }): Fix {
  const commands = files && replaceCa({ files, expired, ...how });
  if (!commands) return { text: newCaFirst(expired) };
  return {
    text: `As root on one control-plane node, make a new CA ${expired ? 'in place of' : 'beside'} the old one, wait until ConfigMap extension-apiserver-authentication contains it, and issue a pair from it; kube-apiserver reloads each file within a minute. Then copy the CA, its key and the pair to every other control-plane node${expired ? '' : ', and at last remove the old CA from the file'}:`,
    commands,
  };
}
/** Who keeps the CA, and how, only its administrator knows. */
export function issueFrontProxy(issue: FrontProxyIssue): Fix {
  const { ca, caKey, pair, commonName } = issue;
  const commands = issueWithOpenssl(issue);
  if (commands)
    return {
      text: `As root on each control-plane node, issue a client certificate for the front proxy alone (EKU clientAuth, CN \`${commonName}\`) from the CA in \`${ca}\`. Only if that succeeds is it put in place of \`${pair?.cert}\` and its key, whose copies are kept; kube-apiserver reloads both within a minute:`,
      commands,
    };
  const from = ca === null ? 'the requestheader CA' : `the CA in \`${ca}\``;
  const where = pair
    ? `, put it and its key in place of \`${pair.cert}\` and \`${pair.key}\`, and keep copies of the old files until the new ones work. kube-apiserver reads them again within a minute`
    : ', into two new files, because another client may use the present pair. Then set `--proxy-client-cert-file` and `--proxy-client-key-file` to them';
  return {
    text: `${cannotIssue(caKey) ?? ''}Issue a new client certificate for the front proxy alone (EKU clientAuth, CN \`${commonName}\`) from ${from}${where}.`,
  };
}

/** Why the CA cannot sign on this node, as the first sentence of a fix; null: nothing speaks against it. */
export function cannotIssue({ is, path }: FrontProxyIssue['caKey']): string | null {
  if (is === 'unfit') return 'First replace the CA, because it has expired or may not sign. ';
  if (is === 'other') return `\`${path}\` is not the key of this CA: find the right one first. `;
  return is === 'absent' ? `The key of this CA is not on this node (\`${path}\` does not exist). ` : null;
}

export const renewAdminCredentials: Fix = { text: 'Get a new kubeconfig or token from whoever issued this one.' };
export const showLog = sh`crictl ps -a --name kube-apiserver; crictl logs "$(crictl ps -a --name kube-apiserver -q | head -1)" 2>&1 | tail`;
