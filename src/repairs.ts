/** Commands of repairs that several checks give: safe in the order given, fit for the distribution. Pure. */
import type { Fix, Place } from './model.ts';

type Distribution = string | null | undefined;
const kubeadmManifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';

/** How kube-apiserver is told of another flag, by the file that its flags were read from; the first that matches. */
const editors: readonly { readonly file: RegExp; readonly fix: (file: string, change: string) => Fix }[] = [
  { file: /^\/var\/snap\/microk8s\//, fix: inMicrok8s },
  {
    file: /\/etc\/rancher\/k3s\/|\/k3s\.service$/,
    fix: (file, change) =>
      onEach('server node', change, [
        file.endsWith('.service') ? `systemctl edit --full k3s    # ${change}` : `vi ${file}    # under kube-apiserver-arg: ${change}`,
        'systemctl restart k3s',
      ]),
  },
  {
    // rke2-server writes the manifest anew at each start.
    file: /\/rke2\//,
    fix: (_, change) =>
      onEach('server node', change, [
        `vi /etc/rancher/rke2/config.yaml    # under kube-apiserver-arg: ${change}`,
        'systemctl restart rke2-server',
      ]),
  },
  {
    file: /\/kube-apiserver-pod\.yaml$|\/static-pod-resources\//,
    fix: (_, change) => ({
      text: `${change}. OpenShift's operator writes these flags and undoes what is edited by hand: see why it has not, with \`oc describe clusteroperator kube-apiserver\`.`,
    }),
  },
  {
    // A drop-in is edited as any other file.
    file: /\/systemd\/system\/[^/]+$/,
    fix: (_, change) => onEach('control-plane node', change, [`systemctl edit --full kube-apiserver    # ${change}`, ...restarted]),
  },
  {
    // kubelet loads every file in the folder, also a half-written one or a backup.
    file: /\.(ya?ml|json|manifest)$|\/manifests\/[^/]+$/,
    fix: (file, change) => {
      const copy = `/root/${file.split('/').at(-1)}`;
      return onEach('control-plane node', change, [`cp ${file} ${copy}`, `vi ${copy}    # ${change}`, `mv ${copy} ${file}`]);
    },
  },
];
const restarted = ['systemctl daemon-reload && systemctl restart kube-apiserver'];
const onEach = (node: string, change: string, commands: readonly string[]): Fix => ({
  text: `On each ${node}, one after the other, ${lowerFirst(change)}:`,
  commands,
});
function inMicrok8s(file: string, change: string): Fix {
  return onEach('control-plane node', change, [`vi ${file}    # ${change}`, 'snap restart microk8s']);
}
const lowerFirst = (text: string) => text.slice(0, 1).toLowerCase() + text.slice(1);

/** How a flag of kube-apiserver is changed, by the place that its flags were read from; for a mirror pod's by the distribution. One node after the other. */
export function editManifest(flags: Place, change: string, distribution?: Distribution): Fix {
  if ('probe' in flags && distribution === 'k3s') return editManifest({ file: '/etc/rancher/k3s/config.yaml' }, change);
  if ('object' in flags && distribution === 'kubeadm') return editManifest({ file: kubeadmManifest }, change);
  if ('object' in flags && distribution === 'RKE2') return editManifest({ file: '/rke2/' }, change);
  if (!('file' in flags))
    return { text: `${change} on each control-plane node, one after the other; kube-apiserver restarts by itself or by its service.` };
  if (distribution === 'MicroK8s') return inMicrok8s(flags.file, change);
  const editor = editors.find(({ file }) => file.test(flags.file));
  // What else holds flags is a drop-in or an environment file of systemd's.
  return editor?.fix(flags.file, change) ?? onEach('control-plane node', change, [`vi ${flags.file}    # ${change}`, ...restarted]);
}

const folders: Readonly<Record<string, string>> = {
  kubeadm: '/etc/kubernetes/pki',
  k3s: '/var/lib/rancher/k3s/server/tls',
  RKE2: '/var/lib/rancher/rke2/server/tls',
  MicroK8s: '/var/snap/microk8s/current/certs',
};
/** Paths of the front proxy's files as the distribution lays them; of an unknown one only kubeadm's names. */
export function frontProxyFiles(distribution: Distribution): { readonly ca: string; readonly cert: string; readonly key: string } {
  const folder = folders[distribution ?? ''] ?? 'PATH';
  const rancher = distribution === 'k3s' || distribution === 'RKE2';
  const [ca, client] = rancher ? ['request-header-ca', 'client-auth-proxy'] : ['front-proxy-ca', 'front-proxy-client'];
  return { ca: `${folder}/${ca}.crt`, cert: `${folder}/${client}.crt`, key: `${folder}/${client}.key` };
}

const services: Readonly<Record<string, { readonly program: string; readonly unit: string }>> = {
  k3s: { program: 'k3s', unit: 'k3s' },
  RKE2: { program: 'rke2', unit: 'rke2-server' },
};
const refreshed: Fix = {
  text: 'On each control-plane node; MicroK8s signs it by its front-proxy CA and restarts its services:',
  commands: ['microk8s refresh-certs --cert front-proxy-client.crt'],
};
/** What is near its end is renewed by any start of k3s or RKE2. */
const restart = ({ unit }: { unit: string }, name: string): Fix => ({
  text: `On each server node, one after the other; ${name} renews at its start what has expired or will within 90 days:`,
  commands: [`systemctl restart ${unit}`],
});
/** A new pair although the old one is not near its end. */
const rotate = ({ program, unit }: { program: string; unit: string }): Fix => ({
  text: 'On each server node, one after the other:',
  commands: [`systemctl stop ${unit}`, `${program} certificate rotate --service auth-proxy`, `systemctl start ${unit}`],
});

/** How a new front-proxy client certificate is made. kube-apiserver reads it again within a minute, without a restart. */
export function renewFrontProxyClient(distribution: Distribution): Fix {
  if (distribution === 'kubeadm') {
    return {
      text: 'On each control-plane node, as root; kube-apiserver reads it again within a minute, without a restart:',
      commands: ['kubeadm certs renew front-proxy-client'],
    };
  }
  const service = services[distribution ?? ''];
  if (service) return restart(service, String(distribution));
  if (distribution === 'MicroK8s') return refreshed;
  if (distribution === 'OpenShift') {
    return {
      text: "OpenShift's operator renews it by itself, well before its end: see why it has not, with `oc describe clusteroperator kube-apiserver`.",
    };
  }
  return {
    text:
      'Issue a new client certificate (EKU clientAuth, the CN of `--requestheader-allowed-names`) from the CA in ' +
      '`--requestheader-client-ca-file`, and put it and its key in place of the old; kube-apiserver reads them again within a minute.',
  };
}

/** How the front-proxy CA and its certificate are made anew where both are lost or do not belong together. */
export function reissueFrontProxy(distribution: Distribution, certificate: string): Fix {
  const service = services[distribution ?? ''];
  if (service) return rotate(service);
  // kubeadm writes to this path alone, whatever the flag says.
  if (distribution !== 'kubeadm') return renewFrontProxyClient(distribution);
  if (certificate !== '/etc/kubernetes/pki/front-proxy-client.crt') return renewFrontProxyClient(null);
  const stem = certificate.replace(/\.crt$/, '');
  return {
    text: 'On this node, as root: put the pair aside and have it signed anew by the CA that the flag names:',
    commands: [`mv ${certificate} ${certificate}.old`, `mv ${stem}.key ${stem}.key.old`, 'kubeadm init phase certs front-proxy-client'],
  };
}

/**
 * How a CA certificate is made anew with the same key and name, so that what it signed holds. `path` null: no one file holds it alone.
 * `openssl x509` keeps the name byte for byte, as Go wants it; `openssl req -subj` would write another string type. Go does not compare key
 * identifiers and other verifiers do, so the new one says what the certificates below it ask for.
 */
export function reissueCa(path: string | null, keyId: string | null | undefined): Fix {
  const text = 'Issue this CA certificate anew with the same key and the same name, with CA:TRUE and keyCertSign and without constraints';
  if (!path?.endsWith('.crt')) return { text: `${text}, and put it in the old one's place on every control-plane node.` };
  const [key, leaf] = [path.replace(/\.crt$/, '.key'), path.replace(/[^/]*$/, 'front-proxy-client.crt')];
  const extensions = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,digitalSignature,keyCertSign'];
  if (keyId) extensions.push(`subjectKeyIdentifier=${keyId}`);
  return {
    text: `${text}; kube-apiserver reads it and writes it to the ConfigMap within a minute. Where the CA's key lies:`,
    commands: [
      `printf '${extensions.join('\\n')}\\n' > /root/ca.ext`,
      `openssl x509 -in ${path} -signkey ${key} -clrext -extfile /root/ca.ext -days 3650 -out /root/ca.crt`,
      `openssl verify -CAfile /root/ca.crt -untrusted ${leaf} ${leaf} && cp /root/ca.crt ${path}    # on every control-plane node`,
    ],
  };
}
