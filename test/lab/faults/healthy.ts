/** Sound clusters that look unlike the one that kubeadm makes: aggctl finds nothing. */
import type { ControlPlane } from '../control-plane.ts';
import { issue } from '../pki.ts';
import { apiService, type Fault, pki, present, restartAndRewrite } from './fault.ts';
import { intermediate } from './pki.ts';
import { nothing } from './sound.ts';

/** kube-apiserver and the extension server start anew with it, the ConfigMap is written anew, and users are served. */
const served = async (lab: Parameters<typeof restartAndRewrite>[0]) => {
  await restartAndRewrite(lab);
  await lab.cp.waitServed(apiService);
};
const append = async (cp: ControlPlane, file: string, cert: string) => cp.write(`${pki}/${file}`, (await cp.read(`${pki}/${file}`)) + cert);

export const healthyVariants: readonly Fault[] = [
  {
    name: 'healthy-kubelets-by-the-same-name',
    ...nothing,
    // As clusters made by hand do, whose kube-apiserver goes to kubelets by the name that it has as the front proxy.
    inject: async ({ cp }) =>
      void (await cp.kubectl(
        ...['create', 'clusterrolebinding', 'kube-apiserver-to-kubelet', '--clusterrole=system:kubelet-api-admin'],
        '--user=front-proxy-client',
      )),
  },
  {
    name: 'healthy-ca-bundle-in-rotation',
    ...nothing,
    everywhere: true,
    async inject(lab) {
      // The new CA of the same name is published everywhere, and the old certificate still presented.
      await append(
        lab.cp,
        'front-proxy-ca.crt',
        (await issue({ commonName: 'front-proxy-ca', asGo: true, keyType: 'rsa', ca: true })).cert,
      );
      await served(lab);
    },
  },
  {
    name: 'healthy-rotated-bundle',
    ...nothing,
    async inject(lab) {
      const ca = await issue({ commonName: 'front-proxy-ca', asGo: true, keyType: 'rsa', ca: true });
      await append(lab.cp, 'front-proxy-ca.crt', ca.cert);
      await present(lab.cp, { issuer: ca });
      await served(lab);
    },
  },
  {
    name: 'healthy-names-in-quotes',
    ...nothing,
    everywhere: true,
    async inject(lab) {
      await lab.cp.manifest.set('requestheader-allowed-names', 'aggregator,"front-proxy-client","kube, Inc."');
      await served(lab);
    },
  },
  {
    name: 'healthy-names-empty-dedicated-ca',
    ...nothing,
    async inject(lab) {
      await lab.cp.manifest.remove('requestheader-allowed-names');
      await served(lab);
    },
  },
  {
    name: 'healthy-shared-ca-with-names',
    ...nothing,
    async inject(lab) {
      await lab.cp.write(`${pki}/front-proxy-ca.crt`, await lab.cp.read(`${pki}/ca.crt`));
      await present(lab.cp, { issuer: await lab.cp.pair('ca') });
      await served(lab);
    },
  },
  {
    name: 'healthy-intermediate-in-the-chain',
    ...nothing,
    everywhere: true,
    async inject(lab) {
      const middle = await intermediate(lab.cp);
      await present(lab.cp, { issuer: middle });
      await append(lab.cp, 'front-proxy-client.crt', middle.cert);
      await served(lab);
    },
  },
  {
    name: 'healthy-intermediate-as-a-root',
    ...nothing,
    async inject(lab) {
      const middle = await intermediate(lab.cp);
      await present(lab.cp, { issuer: middle });
      await append(lab.cp, 'front-proxy-ca.crt', middle.cert);
      await served(lab);
    },
  },
  {
    name: 'healthy-other-keys',
    ...nothing,
    async inject(lab) {
      // Ed25519, no extended key usage, and names that nobody asks for.
      const ca = await issue({ commonName: 'aggregation', organizations: ['Example'], keyType: 'ed25519', ca: true });
      await lab.cp.write(`${pki}/front-proxy-ca.crt`, ca.cert);
      await present(lab.cp, { issuer: ca, keyType: 'ed25519', extendedKeyUsage: [], subjectAltNames: ['DNS:front-proxy-client'] });
      await served(lab);
    },
  },
];
