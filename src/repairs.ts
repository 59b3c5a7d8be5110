/** Commands of repairs that several checks give: safe in the order given, fit for the distribution. Pure. */
import type { Fix, Place } from './model.ts';

/**
 * How a flag of kube-apiserver is changed. kubelet loads every file in the manifest folder, also a half-written one or a backup, so the
 * manifest is copied out, edited and moved back; one control-plane node after the other.
 */
export function editManifest(flags: Place, change: string): Fix {
  if (!('file' in flags))
    return { text: `${change} on each control-plane node, one after the other; kube-apiserver restarts by itself or by its service.` };
  const copy = `/root/${flags.file.split('/').at(-1)}`;
  return {
    text: `On each control-plane node, one after the other, ${lowerFirst(change)}:`,
    commands: [`cp ${flags.file} ${copy}`, `vi ${copy}    # ${change}`, `mv ${copy} ${flags.file}`],
  };
}
const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);

/** How a new front-proxy client certificate is made. kube-apiserver reads it again within a minute, without a restart. */
export function renewFrontProxyClient(distribution: string | null | undefined): Fix {
  if (distribution === 'kubeadm') {
    return {
      text: 'On each control-plane node, as root; kube-apiserver reads it again within a minute, without a restart:',
      commands: ['kubeadm certs renew front-proxy-client'],
    };
  }
  return {
    text:
      'Issue a new client certificate (EKU clientAuth, the CN of `--requestheader-allowed-names`) from the CA in ' +
      '`--requestheader-client-ca-file`, and put it and its key in place of the old; kube-apiserver reads them again within a minute.',
  };
}

/** How the front-proxy CA and its certificate are made anew where both are lost or do not belong together. */
export function reissueFrontProxy(distribution: string | null | undefined, certificate: string): Fix {
  // kubeadm writes to this path alone, whatever the flag says.
  if (distribution !== 'kubeadm' || certificate !== '/etc/kubernetes/pki/front-proxy-client.crt') return renewFrontProxyClient(null);
  const stem = certificate.replace(/\.crt$/, '');
  return {
    text: 'On this node, as root: put the pair aside and have it signed anew by the CA that the flag names:',
    commands: [`mv ${certificate} ${certificate}.old`, `mv ${stem}.key ${stem}.key.old`, 'kubeadm init phase certs front-proxy-client'],
  };
}
