/** Names that a front-proxy client certificate has by convention, and names that no list may allow. */
import type { Flags } from '../model.ts';

/** As kubeadm issues it. */
export const usualFrontProxyName = 'front-proxy-client';

/**
 * Whether a common name says that its holder is the front proxy: `front-proxy-client` (kubeadm), `system:auth-proxy` (k3s), `aggregator`
 * (cfssl guides). Under a CA that also signs users, allowing any other name lets a client act as everybody.
 */
export const isFrontProxyName = (commonName: string): boolean => /front-?proxy|auth-proxy|aggregator/i.test(commonName);

/** Names of Kubernetes' own clients, whose certificates many hold: `system:kube-proxy`, `kube-apiserver-etcd-client`, `kubernetes-admin`. */
const ofComponent = /^(?:system:|kube|etcd|admin|masters?$)/i;

/** Whether a common name may be allowed to name any user; `isShared`: its CA also signs for others. An empty one matches nobody. */
export const mayBeAllowed = (commonName: string, isShared: boolean): boolean =>
  isFrontProxyName(commonName) || (commonName !== '' && !isShared && !ofComponent.test(commonName));

/** Whether another flag names the requestheader CA, too: of clients, of etcd, of kubelets. */
export const isSharedByFlags = ({ byName }: Flags): boolean => {
  const ca = byName['requestheader-client-ca-file']?.value;
  return Object.values(byName).some(({ name, value }) => value === ca && name !== 'requestheader-client-ca-file');
};
