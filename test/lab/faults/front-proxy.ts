/** Faults of the front-proxy certificate, its key and its CA. */
import type { ControlPlane } from '../control-plane.ts';
import { issue } from '../pki.ts';
import { ago, apiService, dies, type Fault, pki, present, rejected, restartAndRewrite, unavailable } from './fault.ts';

export const frontProxyFaults: readonly Fault[] = [
  {
    name: 'front-proxy-file-absent',
    finds: ['front-proxy-file-absent'],
    status: 1,
    async inject({ cp }) {
      await cp.run(['rm', cp.path(`${pki}/front-proxy-client.crt`)]);
      await dies(cp, 'front-proxy-client.crt: no such file or directory');
    },
  },
  {
    name: 'front-proxy-file-not-mounted',
    finds: ['front-proxy-file-not-mounted'],
    status: 1,
    async inject({ cp }) {
      await cp.write('etc/front-proxy-client.crt', await cp.read(`${pki}/front-proxy-client.crt`));
      await cp.manifest.set('proxy-client-cert-file', '/etc/front-proxy-client.crt');
      await dies(cp, 'no such file or directory');
    },
  },
  {
    name: 'front-proxy-file-not-permitted',
    finds: ['front-proxy-file-not-permitted'],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.write((await cp.manifest.read()).replace('  securityContext:\n', '  securityContext:\n    runAsUser: 65534\n'));
      await openTo(cp);
      await cp.run(['chmod', '0600', cp.path(`${pki}/front-proxy-client.key`)]);
      // Group 0, to which the process belongs, owns it; so it takes another.
      await cp.run(['chown', '1:1', cp.path(`${pki}/front-proxy-client.key`)]);
      await dies(cp, 'front-proxy-client.key: permission denied');
    },
    undo: async ({ cp }) => void (await cp.run(['chown', '0:0', cp.path(`${pki}/front-proxy-client.key`)])),
  },
  {
    name: 'proxy-client-pair-unusable',
    finds: ['proxy-client-pair-unusable'],
    status: 1,
    async inject({ cp }) {
      await cp.manifest.edit((args) => args.map((arg) => arg.replace(/(proxy-client-cert-file=.*)\.crt/, '$1.key')));
      await dies(cp, 'PEM inputs may have been switched');
    },
  },
  {
    name: 'proxy-client-key-mismatch',
    finds: ['proxy-client-key-mismatch'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-client.key`, await cp.read(`${pki}/apiserver-kubelet-client.key`));
      await dies(cp, 'tls: private key does not match public key');
    },
  },
  {
    name: 'front-proxy-client-expired',
    finds: ['front-proxy-client-expired', ...rejected],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'laptop-front-proxy-client-expired',
    finds: rejected,
    status: 1,
    fromLaptop: true,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-expired-and-not-signed',
    finds: ['front-proxy-client-expired', 'front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    async inject({ cp }) {
      const issuer = await issue({ commonName: 'front-proxy-ca', ca: true, notBefore: ago(900) });
      await present(cp, { issuer, notBefore: ago(365), notAfter: ago(3) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-not-yet-valid',
    finds: ['front-proxy-client-not-yet-valid', ...rejected],
    status: 1,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(-1), notAfter: ago(-365) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-expires-soon',
    finds: ['front-proxy-client-expires-soon'],
    status: 0,
    async inject({ cp }) {
      await present(cp, { notBefore: ago(355), notAfter: ago(-10) });
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'front-proxy-client-not-signed-by-requestheader-ca',
    finds: ['front-proxy-client-not-signed-by-requestheader-ca', 'configmap-ca-not-signer', ...rejected],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { issuer: await issue({ commonName: 'another-ca', ca: true }) });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'front-proxy-client-without-clientauth',
    finds: ['front-proxy-client-without-clientauth', ...rejected],
    status: 1,
    async inject({ cp }) {
      await present(cp, { extendedKeyUsage: ['serverAuth'] });
      await unavailable(cp, '401');
    },
  },
  {
    name: 'requestheader-ca-unusable',
    finds: ['requestheader-ca-unusable'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.write(`${pki}/front-proxy-ca.crt`, 'not a certificate\n');
      await dies(cp, 'data does not contain any valid RSA or ECDSA certificates');
    },
  },
  {
    name: 'requestheader-ca-expired',
    finds: ['requestheader-ca-expired', 'configmap-requestheader-missing', ...rejected],
    status: 1,
    async inject(lab) {
      const ca = await issue({ commonName: 'front-proxy-ca', ca: true, notBefore: ago(900), notAfter: ago(2) });
      await lab.cp.write(`${pki}/front-proxy-ca.crt`, ca.cert);
      await present(lab.cp, { issuer: ca });
      await restartAndRewrite(lab);
      await unavailable(lab.cp, '401');
    },
  },
];

/** Lets a user without rights run kube-apiserver: the cache of the binaries is root's own. */
async function openTo(cp: ControlPlane): Promise<void> {
  const { kubeApiserver } = cp.assets;
  const script = `cp ${kubeApiserver} bin/real-kube-apiserver && sed -i 's#${kubeApiserver}#${cp.folder}/bin/real-kube-apiserver#' bin/kube-apiserver
    chmod -R a+rX . && chmod -R a+rwX logs && chmod a+rx ..`;
  const { status, stderr } = await cp.run(['sh', '-e', '-c', script], { cwd: cp.folder });
  if (status !== 0) throw new Error(stderr);
}
