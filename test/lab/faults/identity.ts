/** Faults by which extension servers take the front proxy for a user, and the wrong cure. */
import type { ControlPlane } from '../control-plane.ts';
import { until } from '../wait.ts';
import { apiService, type Fault, pki, present, restartAndRewrite } from './fault.ts';

export const identityFaults: readonly Fault[] = [
  {
    name: 'front-proxy-client-wrong-identity',
    finds: ['front-proxy-client-wrong-identity', 'configmap-ca-not-signer', 'user-identity-wrong'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await present(cp, { issuer: await cp.pair('ca') });
      await forbidden(cp, 'front-proxy-client');
    },
  },
  {
    name: 'rights-granted-to-front-proxy',
    finds: ['rights-granted-to-front-proxy'],
    status: 0,
    fromLaptop: true,
    everywhere: true,
    inject: ({ cp }) => grant(cp, 'front-proxy-client'),
  },
  {
    name: 'rights-granted-to-front-proxy-masking',
    finds: ['front-proxy-client-wrong-identity', 'configmap-ca-not-signer', 'rights-granted-to-front-proxy'],
    status: 1,
    async inject({ cp }) {
      await present(cp, { issuer: await cp.pair('ca') });
      await forbidden(cp, 'front-proxy-client');
      await grant(cp, 'front-proxy-client');
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'front-proxy-client-wrong-identity-administrator',
    finds: ['front-proxy-client-wrong-identity', 'configmap-ca-not-signer'],
    status: 1,
    async inject({ cp }) {
      await present(cp, { issuer: await cp.pair('ca'), organizations: ['system:masters'] });
      await cp.waitServed(apiService);
    },
  },
  {
    name: 'front-proxy-client-wrong-identity-kubelet-client',
    finds: ['front-proxy-client-wrong-identity', 'configmap-ca-not-signer', 'user-identity-wrong'],
    findsOn135: ['front-proxy-client-wrong-identity', 'configmap-ca-not-signer'],
    status: 1,
    everywhere: true,
    async inject({ cp }) {
      await cp.manifest.set('proxy-client-cert-file', '/etc/kubernetes/pki/apiserver-kubelet-client.crt');
      await cp.manifest.set('proxy-client-key-file', '/etc/kubernetes/pki/apiserver-kubelet-client.key');
      await cp.restartApiserver();
      // Up to 1.35 kubeadm made this certificate a member of kubeadm:cluster-admins: everybody is an administrator then.
      if (cp.version === '1.35.4') await cp.waitServed(apiService);
      else await forbidden(cp, 'kube-apiserver-kubelet-client');
    },
  },
  {
    name: 'allowed-names-exclude-cn-shared-ca',
    finds: ['allowed-names-exclude-cn', 'configmap-names-exclude-cn', 'user-identity-wrong'],
    status: 1,
    async inject(lab) {
      await present(lab.cp, { issuer: await lab.cp.pair('ca'), commonName: 'aggregator' });
      await lab.cp.write(`${pki}/front-proxy-ca.crt`, await lab.cp.read(`${pki}/ca.crt`));
      await restartAndRewrite(lab);
      await forbidden(lab.cp, 'aggregator');
    },
  },
];

const flunders = '/apis/wardle.example.com/v1alpha1/namespaces/default/flunders';
/** The extension server takes an administrator for this user, and the APIService stays Available. */
async function forbidden(cp: ControlPlane, user: string): Promise<void> {
  await until(`requests to be refused as those of ${user}`, 60_000, async () => {
    const { status, text } = await cp.request(flunders);
    return (status === 403 && text.includes(`User \\"${user}\\" cannot list`)) || undefined;
  });
  await cp.waitServed(apiService);
}

/** The cure that many a thread gives for the 403. */
const grant = async (cp: ControlPlane, user: string) =>
  void (await cp.kubectl('create', 'clusterrolebinding', 'front-proxy-admin', '--clusterrole=cluster-admin', `--user=${user}`));
