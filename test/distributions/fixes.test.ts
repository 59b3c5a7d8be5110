/** Repairs fit the place where the flags were read and the distribution. */
import { expect, test } from 'vitest';
import { editFlag, renewFrontProxy } from '../../src/distributions/fixes.ts';
import { frontProxyFiles } from '../../src/distributions/places.ts';
import type { Place } from '../../src/model.ts';

const change = 'Set --a=b';
const pod: Place = { object: 'Pod kube-system/kube-apiserver-cp-1' };
const kubeadm = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const copied = [
  `cp -p ${kubeadm} /root/kube-apiserver.yaml`,
  `vi /root/kube-apiserver.yaml    # ${change}`,
  `cp -p ${kubeadm} /root/kube-apiserver.yaml."$(date +%Y%m%d%H%M%S)" && mv /root/kube-apiserver.yaml ${kubeadm}`,
];
const reload = 'systemctl daemon-reload && systemctl restart kube-apiserver';

test.each<[string, Place, string | null, readonly string[] | undefined]>([
  ['a manifest: copied out, edited, moved back', { file: kubeadm, line: 9 }, 'kubeadm', copied],
  ["kubeadm's mirror pod, from a laptop", pod, 'kubeadm', copied],
  ['a mirror pod of nobody knows whom', pod, null, undefined],
  ['a mirror pod on Talos', pod, 'Talos', [`talosctl -n NODE edit machineconfig    # '${change}, in cluster.apiServer.extraArgs'`]],
  [
    'RKE2, which writes the manifest anew',
    { file: '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml' },
    'RKE2',
    [`vi /etc/rancher/rke2/config.yaml    # under kube-apiserver-arg: ${change}`, 'systemctl restart rke2-server'],
  ],
  [
    "RKE2's mirror pod",
    pod,
    'RKE2',
    [`vi /etc/rancher/rke2/config.yaml    # under kube-apiserver-arg: ${change}`, 'systemctl restart rke2-server'],
  ],
  [
    'k3s, where nothing is changed yet',
    { probe: "k3s's own defaults" },
    'k3s',
    [`vi /etc/rancher/k3s/config.yaml    # under kube-apiserver-arg: ${change}`, 'systemctl restart k3s'],
  ],
  [
    'k3s, one file of several',
    { file: '/etc/rancher/k3s/config.yaml.d/10.yaml', line: 2 },
    'k3s',
    [`vi /etc/rancher/k3s/config.yaml.d/10.yaml    # under kube-apiserver-arg: ${change}`, 'systemctl restart k3s'],
  ],
  [
    "k3s's unit",
    { file: '/etc/systemd/system/k3s.service', line: 2 },
    'k3s',
    [`systemctl edit --full k3s    # '${change}'`, 'systemctl restart k3s'],
  ],
  [
    'MicroK8s, the environment of its services',
    { file: '/etc/environment', line: 3 },
    'MicroK8s',
    [`vi /etc/environment    # ${change}`, 'snap restart microk8s'],
  ],
  [
    'MicroK8s',
    { file: '/var/snap/microk8s/current/args/kube-apiserver' },
    'MicroK8s',
    [`vi /var/snap/microk8s/current/args/kube-apiserver    # ${change}`, 'snap restart microk8s'],
  ],
  [
    'a unit',
    { file: '/usr/lib/systemd/system/kube-apiserver.service', line: 7 },
    null,
    [`systemctl edit --full kube-apiserver    # '${change}'`, reload],
  ],
  [
    'a drop-in, beside which an edited unit would do nothing',
    { file: '/etc/systemd/system/kube-apiserver.service.d/10.conf' },
    null,
    [`vi /etc/systemd/system/kube-apiserver.service.d/10.conf    # ${change}`, reload],
  ],
  ['an environment file', { file: '/etc/kubernetes/apiserver', line: 2 }, null, [`vi /etc/kubernetes/apiserver    # ${change}`, reload]],
])('%s', (_, place, distribution, commands) => {
  const fix = editFlag(place, change, distribution);
  expect(fix.commands).toEqual(commands);
  expect(fix.text).toMatch(commands ? /one after the other, set --a=b:$/ : /^Set --a=b.*\.$/);
});

test.each([
  [
    'kubeadm',
    [
      `test -s /etc/kubernetes/pki/front-proxy-ca.key && grep -q proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt ${kubeadm} && kubeadm certs renew front-proxy-client`,
    ],
  ],
  ['k3s', ['systemctl restart k3s']],
  ['RKE2', ['systemctl restart rke2-server']],
  ['MicroK8s', ['microk8s refresh-certs --cert front-proxy-client.crt']],
  [null, undefined],
])('a later end on %s, where nothing shows the files', (distribution, renewed) => {
  expect(renewFrontProxy(distribution).commands).toEqual(renewed);
});

test.each([
  ['kubeadm', '/etc/kubernetes/pki/front-proxy-client.key'],
  ['k3s', '/var/lib/rancher/k3s/server/tls/client-auth-proxy.key'],
  ['RKE2', '/var/lib/rancher/rke2/server/tls/client-auth-proxy.key'],
  ['MicroK8s', '/var/snap/microk8s/current/certs/front-proxy-client.key'],
  [null, 'PATH/front-proxy-client.key'],
])('where the key lies on %s', (distribution, path) => {
  expect(frontProxyFiles(distribution).key).toBe(path);
});
