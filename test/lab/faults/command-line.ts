/** Faults of kube-apiserver's command line, environment and manifest folder with which it starts. */
import type { ControlPlane } from '../control-plane.ts';
import { apiService, type Fault, pki, unavailable } from './fault.ts';
import { type Args, add, names, replace } from './startup.ts';

const changed = (name: string, finds: readonly string[], status: number, edit: (args: Args) => Args, everywhere = false): Fault => ({
  name,
  finds,
  status,
  everywhere,
  async inject({ cp }) {
    await cp.manifest.edit(edit);
    await cp.restartApiserver();
    await cp.waitServed(apiService);
  },
});

const socketAbsent = (name: string, protocol: string, everywhere = false): Fault => ({
  name,
  finds: ['egress-socket-absent', 'apiservice-unavailable'],
  status: 1,
  everywhere,
  async inject({ cp }) {
    const uds = `{proxyProtocol: ${protocol}, transport: {uds: {udsName: /etc/kubernetes/pki/konnectivity.sock}}}`;
    const selection = `egressSelections:\n- name: cluster\n  connection: ${uds}\n`;
    await cp.write(`${pki}/egress.yaml`, `apiVersion: apiserver.k8s.io/v1beta1\nkind: EgressSelectorConfiguration\n${selection}`);
    await cp.manifest.set('egress-selector-config-file', '/etc/kubernetes/pki/egress.yaml');
    await cp.restartApiserver();
    await unavailable(cp, '');
  },
});

export const commandLineFaults: readonly Fault[] = [
  changed(
    'extra-headers-prefix-missing',
    ['extra-headers-prefix-missing'],
    0,
    (args) => args.filter((arg) => !arg.includes('-extra-headers-')),
    true,
  ),
  changed('extra-headers-prefix-without-dash', ['extra-headers-prefix-missing'], 0, replace(/^(.*=X-Remote-Extra)-$/, '$1')),
  changed('redirects-not-rejected', ['redirects-not-rejected'], 0, add('--aggregator-reject-forwarding-redirect=false')),
  changed('authorization-always-allow', ['authorization-not-enforced'], 0, replace(/^(--authorization-mode=).*/, '$1AlwaysAllow')),
  changed('repeated-ca-file', ['repeated-flag-differs'], 0, (args) => [
    '--requestheader-client-ca-file=/etc/kubernetes/pki/ca.crt',
    ...args,
  ]),
  changed('repeated-allowed-names', ['repeated-flag-differs'], 0, add('--requestheader-allowed-names=aggregator')),
  {
    name: 'allowed-names-in-single-quotes',
    finds: ['allowed-names-exclude-cn'],
    status: 0,
    async inject({ cp }) {
      await cp.manifest.edit(names("'front-proxy-client'"));
      await cp.restartApiserver();
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'client-ca-missing',
    finds: ['client-ca-missing'],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.remove('client-ca-file');
      // Its own way in is a client certificate: nobody can see it become ready.
      await cp.restartApiserver().catch(() => {});
    },
  },
  socketAbsent('egress-socket-absent', 'GRPC', true),
  socketAbsent('egress-socket-absent-httpconnect', 'HTTPConnect'),
  {
    name: 'no-proxy-without-services',
    finds: ['no-proxy-without-services', 'apiservice-unavailable'],
    status: 1,
    everywhere: true,
    inject: ({ cp }) => proxied(cp),
  },
  {
    name: 'manifest-not-alone',
    finds: ['manifest-not-alone'],
    status: 0,
    async inject({ cp }) {
      await cp.write('etc/kubernetes/manifests/kube-apiserver.yaml.bak', await cp.manifest.read());
    },
  },
  {
    name: 'manifest-would-change',
    finds: ['allowed-names-exclude-cn', 'manifest-would-change'],
    status: 0,
    manifest: '/etc/kubernetes/new.yaml',
    async inject({ cp }) {
      const text = (await cp.manifest.read()).replace('names=front-proxy-client', 'names=aggregator');
      await cp.write('etc/kubernetes/new.yaml', text);
    },
  },
];

/** A proxy that answers nobody, and does not leave the Services out. */
export const proxy = { HTTPS_PROXY: 'http://127.0.0.1:3128', NO_PROXY: '.svc,.cluster.local,192.0.2.0/24' };
export async function proxied(cp: ControlPlane): Promise<void> {
  const env = Object.entries(proxy).map(([name, value]) => `    - name: ${name}\n      value: ${value}\n`);
  await cp.manifest.write((await cp.manifest.read()).replace('    image: ', `    env:\n${env.join('')}    image: `));
  await cp.restartApiserver();
  await unavailable(cp, 'proxyconnect');
}
