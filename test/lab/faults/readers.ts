/**
 * Faults on nodes that start kube-apiserver otherwise than kubeadm. It is the same process with the same arguments; what the node holds of them
 * is what systemd, MicroK8s, RKE2 or k3s would have on disk.
 */
import { cp as copy, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { ControlPlane } from '../control-plane.ts';
import { proxied, proxy } from './command-line.ts';
import { ago, apiService, type Fault, pki, present, rejected, restartAndRewrite, unavailable } from './fault.ts';

const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const unit = '/etc/systemd/system/kube-apiserver.service';
const dropIn = `${unit}.d/10-arguments.conf`;
const environment = '/etc/sysconfig/kube-apiserver';
const microk8s = '/var/snap/microk8s/current/args/kube-apiserver';
const rke2 = '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml';
const k3s = '/var/lib/rancher/k3s/server/tls';

/** Puts files on the node and takes the manifest away. */
async function instead(cp: ControlPlane, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(cp.path(path)), { recursive: true });
    await writeFile(cp.path(path), text);
  }
  await rm(cp.path(manifest));
}
const without =
  (...paths: string[]) =>
  async ({ cp }: { cp: ControlPlane }) => {
    for (const path of paths) await rm(cp.path(path), { recursive: true, force: true });
  };

/** A unit whose arguments stand partly in itself, partly in a variable of its environment file, after a drop-in. */
async function asUnit(cp: ControlPlane, change: (args: readonly string[]) => readonly string[] = (args) => args): Promise<void> {
  const args = change((await cp.manifest.command()).slice(1));
  const own = args.filter((arg) => !arg.includes('requestheader'));
  const others = args.filter((arg) => arg.includes('requestheader')).map((arg) => arg.replace('/etc/kubernetes/pki', `$${'{PKI}'}`));
  await instead(cp, {
    [unit]: `[Unit]\nDescription=Kubernetes API Server\nAfter=network.target\n\n[Service]\nExecStart=/usr/local/bin/kube-apiserver --v=2\nRestart=on-failure\n\n[Install]\nWantedBy=multi-user.target\n`,
    [dropIn]: `[Service]\nEnvironment=PKI=/etc/kubernetes/pki\nEnvironmentFile=-${environment}\nExecStart=\nExecStart=/usr/local/bin/kube-apiserver \\\n${[...own, ...others.filter((arg) => arg.includes('PKI'))].map((arg) => `  ${arg} \\`).join('\n')}\n  $KUBE_API_ARGS\n`,
    [environment]: `# What kube-apiserver takes from a front proxy.\nKUBE_API_ARGS="${others.filter((arg) => !arg.includes('PKI')).join(' \\\n  ')}"\n`,
  });
}
const removeUnit = without(unit, `${unit}.d`, environment);

const asMicrok8s = async (cp: ControlPlane, more: Readonly<Record<string, string>> = {}) => {
  const args = (await cp.manifest.command()).slice(1);
  await instead(cp, { [microk8s]: `# Arguments of kube-apiserver\n${args.join('\n')}\n`, ...more });
};

export const readerFaults: readonly Fault[] = [
  {
    name: 'systemd-healthy',
    finds: [],
    status: 0,
    inject: ({ cp }) => asUnit(cp),
    undo: removeUnit,
  },
  {
    name: 'systemd-allowed-names-exclude-cn',
    finds: ['allowed-names-exclude-cn', 'configmap-names-exclude-cn', ...rejected],
    status: 1,
    everywhere: true,
    async inject(lab) {
      await lab.cp.manifest.set('requestheader-allowed-names', 'aggregator');
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
      await asUnit(lab.cp);
    },
    undo: removeUnit,
  },
  {
    name: 'systemd-unit-not-applied',
    finds: ['manifest-not-applied'],
    status: 1,
    inject: ({ cp }) => asUnit(cp, (args) => [...args, '--enable-aggregator-routing=true']),
    undo: removeUnit,
  },
  {
    name: 'microk8s-healthy',
    finds: [],
    status: 0,
    inject: ({ cp }) => asMicrok8s(cp),
    undo: without(microk8s),
  },
  {
    name: 'microk8s-group-headers-missing',
    finds: ['group-headers-missing', 'user-groups-missing'],
    status: 1,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-group-headers');
      await restartAndRewrite(lab);
      await lab.cp.waitServed(apiService);
      await asMicrok8s(lab.cp);
    },
    undo: without(microk8s),
  },
  {
    name: 'microk8s-no-proxy-without-services',
    finds: ['no-proxy-without-services', 'apiservice-unavailable'],
    status: 1,
    async inject({ cp }) {
      await proxied(cp);
      const text = Object.entries(proxy).map(([name, value]) => `${name}="${value}"\n`);
      await asMicrok8s(cp, { '/etc/environment': `PATH="/usr/sbin:/usr/bin"\n${text.join('')}` });
    },
    undo: without(microk8s, '/etc/environment'),
  },
  {
    name: 'rke2-username-headers-missing',
    finds: ['username-headers-missing', 'configmap-requestheader-missing', ...rejected],
    status: 1,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-username-headers');
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
      const pod = parse(await lab.cp.manifest.read());
      delete pod.metadata.annotations;
      await instead(lab.cp, { [rke2]: stringify(pod) });
    },
    undo: without('/var/lib/rancher'),
  },
  {
    name: 'k3s-front-proxy-client-expired',
    finds: ['front-proxy-client-expired', ...rejected],
    status: 1,
    async inject(lab) {
      const { cp } = lab;
      await cp.manifest.set('requestheader-allowed-names', 'system:auth-proxy');
      await present(cp, { commonName: 'system:auth-proxy', notBefore: ago(65), notAfter: ago(-300) });
      await restartAndRewrite(lab);
      await cp.waitServed(apiService);
      await present(cp, { commonName: 'system:auth-proxy', notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp, '401');
      await instead(cp, { '/etc/rancher/k3s/config.yaml': `write-kubeconfig-mode: "0600"\nkube-apiserver-arg:\n  - v=2\n` });
      await mkdir(cp.path(k3s), { recursive: true });
      for (const [theirs, own] of k3sFiles) await copy(cp.path(join(pki, own)), cp.path(join(k3s, theirs)));
    },
    undo: without('/var/lib/rancher', '/etc/rancher'),
  },
];
const k3sFiles = [
  ['client-ca.crt', 'ca.crt'],
  ['request-header-ca.crt', 'front-proxy-ca.crt'],
  ['client-auth-proxy.crt', 'front-proxy-client.crt'],
  ['client-auth-proxy.key', 'front-proxy-client.key'],
  ['serving-kube-apiserver.crt', 'apiserver.crt'],
] as const;
